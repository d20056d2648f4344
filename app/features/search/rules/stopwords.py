"""Words that carry no meaning of their own in a question, folded, in the three languages."""

_ENGLISH = """
a an and are as at be been by can do does for from had has have how i in into is it its my of on or
our that the their them they this those these to was we were what when where which with you your s d t
"""
_FRENCH = """
a au aux avec c ce ces cette comme d dans de des du elle en entre est et eux il ils j je l la le les
leur leurs lui m mais me n ne nos notre nous on ont ou par pas pour qu que qui quels quelles sa se ses
si son sont sur t un une vers vos votre vous y
"""
_ARABIC = """
في من الي علي عن مع بين و او ثم ان انها انه التي الذي الذين هذا هذه ذلك تلك ما لا كل هو هي هم قد
حول عند منذ خلال كما اي كيف هل لدي ضد عبر
"""

STOPWORDS = frozenset(" ".join((_ENGLISH, _FRENCH, _ARABIC)).split())
