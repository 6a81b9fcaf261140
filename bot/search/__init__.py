"""Search over the FAQs for counsellors: trigram full text, paragraphs, occupations, and the understanding model's ranking, fused.

Knows neither Rasa nor the web. `LiveSearch(knowledge).current().find("16d kosten", ranking)` is the way in.
"""
