"""The points of transferability and the questions of the rights review: two axes of their own."""

TRANSFER_POINTS = (
    "context-described",
    "core-and-adaptable-parts",
    "cost-and-staffing",
    "legal-mandate",
    "partner-dependency",
    "materials-available",
    "tried-elsewhere",
    "contact-willing",
)
"""Each is scored 0 to 2; they are shown one by one, never as a sum."""

RIGHTS_QUESTIONS = (
    "lawful-basis",
    "no-profiling",
    "voluntary",
    "personal-data",
    "safety",
    "children",
    "equality",
    "gender",
    "participation",
    "expression",
    "complaints",
    "security-services",
    "unintended-effects",
    "language-and-images",
)
"""The fourteen questions, in their order; a "no" to one of the first six holds publication back."""
