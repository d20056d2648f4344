"""How texts and questions are read: folding, stems, words, synonyms, highlights. No database, no index."""
