"""What the caution looks for in three languages: numbers, names, words of suspicion and of danger."""

import re

MARKS = re.compile("[\u064b-\u0652\u0670\u0640\u200b-\u200f\u061c\u202a-\u202e\u2066-\u2069]")
ALEFS = str.maketrans("أإآٱ", "اااا")
SENTENCES = re.compile(r"[.!?؟;؛\n]+(?:\s|$)")
ABBREVIATIONS = re.compile(r"\b(Mr|Mrs|Ms|Dr|Mme|Mlle|M|St)\.(?=\s)")

EMAIL = re.compile(r"[^\s@<>()]{1,64}@[^\s@<>()]{1,190}\.[a-z]{2,}", re.IGNORECASE)
PHONE = re.compile(r"(?<![\d.,/-])(?:(?:\+|00)[1-9]|0[1-9])(?:[ ().\-/]{0,2}\d){7,13}(?!\d)")
DATE = re.compile(r"\b\d{1,2}[./-]\d{1,2}[./-]\d{2,4}\b|\b\d{4}[./-]\d{1,2}[./-]\d{1,2}\b")
CALL = re.compile(
    r"(?:\b(?:call|phone\w*|tel|t[ée]l[ée]phon\w+|whatsapp|find (?:him|her|them) on|reach\w* (?:on|at|him"
    r"|her)|joindre"
    r"|joignable|appel\w+ (?:le|au|la)|mobile|portable|his number|her number|son numéro)\b|هاتف|تواصل"
    r"|اتصل|واتساب|جوال|رقمه|رقمها)"
    r"[^.\n\d]{0,25}\d(?:[ .\-]?\d){5,}",
    re.IGNORECASE,
)
LONG_NUMBER = re.compile(r"(?<![\d.,])\d{9,18}(?![\d.,]\d|\d)")
ID_NUMBER = re.compile(
    r"(?:\b(?:ID|identity|passport|national number|registration|CIN|CNI|carte d.identit\w+|passeport"
    r"|matricule|plate|immatricul\w+)\b|هوية|الهوية|جواز|الرقم الوطني|رقم وطني|بطاقة|لوحة)"
    r"[^.\n]{0,40}?(?<!\d)[A-Z]{0,3}[ -]?\d{5,}",
    re.IGNORECASE,
)

SUSPECTED = re.compile(
    r"\b(?:suspect\w*|accus\w+|extremis\w+|radicali[sz]\w+|terroris\w+|jihadis\w+|recruit\w*|recruteu\w+"
    r"|recrut\w+|incit\w+|hate preacher|preach\w*|prêch\w+|fighters?|combattants?|smuggl\w+|trafficker\w*"
    r"|trafiquant\w*|arrested|arrêtée?s?|wanted|recherchée?s?|detained|détenue?s?|cell|cellule|militants?"
    r"|militias?|milices?|watch (?:him|her|them)|surveill\w+|taken by|behead\w*|jihad"
    r"|joined (?:isis|daesh|the group|an armed|armed|them)|rejoint|daesh|isis|behind the attack\w*"
    r"|weapons?|armes?"
    r"|bomb\w*|bombe\w*|soupçonn\w+|accusé\w*|extrémis\w+|dangereu\w+|dangerous|fichée?|embrigad\w+"
    r"|propagande|propaganda|finances? (?:the|a|le|un)|spread\w* hat\w+|insult\w+|attack\w*|attaqu\w+"
    r"|agress\w+"
    r"|beat\w*|stabb\w+|burn\w*|brûl\w+|guns?|rifles?|fusils?|violen\w+|kill\w*|tue\w*|tuer|murder\w*"
    r"|explos\w+"
    r"|se(?:nds?|nt|nding) (?:boys|girls|people|youths?|young|them|others)|envoi\w+ des|hat(?:e|red)"
    r"|haine|blackmail\w*"
    r"|chantage|armed|armée?s?|rapt|vend(?:s|re)? des armes|sells? (?:arms|guns|drugs)|radical|takfir\w*)\b"
    r"|مشتبه|يشتبه|متهم|اتهم|متطرف|تطرف|ارهاب|يجند|تجند|تجنيد|جند|متشدد|تكفير|التحق|انضم|مقاتل|مهرب|مطلوب"
    r"|اعتقل|معتقل|يحرض|تحرض|تحريض|خلية|داعش|سلاح|اسلحة|خطير|يمول|متفجر|هجوم|هاجم|اعتدى|يهدد|تهدد|عنف"
    r"|اختطف|ذبح|قتال|يراقب|جهاد|يقاتل|ميليشيا|انتحار|يبتز|قتل|سلاحا|يرسل|ترسل|كراهية|ابتز|مسلح|مخدرات"
    r"|تفجير",
    re.IGNORECASE,
)
AT_RISK = re.compile(
    r"\b(?:victims?|victimes?|witness\w*|témoins?|témoign\w+|at risk|in danger|en danger|risque\w*"
    r"|threaten\w*"
    r"|menac\w+|hiding|cache|se cache|survivors?|survivante?s?|informants?|informat\w+ for|informateur\w*"
    r"|raped"
    r"|violée?s?|abused|abusée?s?|fled|a fui|fui|escaped|target of|ciblée?s?|harassed|harcelée?s?"
    r"|death threats?"
    r"|left the group|quitté le groupe|returnee|revenue?s? de|denounced|dénoncée?|converted|convertie?"
    r"|beaten|battue?|kidnapped|enlevée?s?|protect\w*|protég\w+|report(?:ed|s) (?:her|his|them|on)"
    r"|testif\w+)\b"
    r"|احموا|احموها|احموه|حماية|بلغ عن|بلغت عن|ضحية|ضحايا|شاهد|شهد|معرض للخطر|معرضة للخطر|في خطر|مهدد"
    r"|تهديد|هدد|ناجية|ناج من|مخبر|عائد من|عائدة من"
    r"|يختبئ|تختبئ|اغتصب|تعرض|هرب|هربت|مختطف|خطف|تحرش",
    re.IGNORECASE,
)

NAME = r"(?:[A-ZÀ-ÖØ-Þ][a-zà-öø-ÿ'’-]+|[A-ZÀ-ÖØ-Þ]{4,})"
_PARTICLE = r"(?:(?:[Aa]l|[Ee]l|[Bb]en|[Bb]in|[Ii]bn|[Aa]bu|[Aa]bou|[Bb]int|[Oo]uld|de|la)[ -])?"
_TITLE = (
    r"(?:M|Mr|Mrs|Ms|Mme|Mlle|Monsieur|Madame|Sheikh|Cheikh|Imam|Hajj|Haj|Sidi|Ustad|Abu|Abou|Oum|Umm|Emir)"
)
CUED = re.compile(
    rf"(?:\b(?i:named|called|whose name is|name is|by the name of|known as|alias|a\.k\.a\.|aka|nommée?"
    rf"|dénommée?"
    rf"|appelée?|du nom de|s['’]appelle|surnommée?|dite?|connue? sous le nom de|connue? comme|prénommée?)"
    rf"(?:[:,]|\s)\s*[«“\"']?\s*(?:{_TITLE}\s+)?{_PARTICLE}{NAME}"
    rf"|\b{_TITLE}[ -]+{_PARTICLE}{NAME}"
    rf"|\b(?:se nomme|le jeune|la jeune|le nommé|certain|certaine|un certain)\s+{_PARTICLE}{NAME}"
    rf"|\b(?:suspect|suspecte|witness|témoin|victim|victime|recruiter|recruteur|accused|accusé),?\s+"
    rf"{_PARTICLE}{NAME})"
)
PAIR = re.compile(rf"(?<![\w'’-])({NAME})[ ]+({_PARTICLE}{NAME}(?:[ ]+{_PARTICLE}{NAME})?)")
SINGLE = re.compile(
    r"(?<![\w'’-])(?:Abdallah|Abdullah|Abdel\w+|Adel|Ahmed|Ahmad|Aicha|Aisha|Ali|Amina|Amine|Amir|Anas"
    r"|Anis|Aref|Aya|Aymen"
    r"|Ayman|Bachir|Bashir|Bilal|Bilel|Driss|Fadi|Farid|Faris|Fatima|Fatma|Fouad|Fuad|Hakim|Hamza|Hana"
    r"|Hanan|Hasan|Hassan"
    r"|Hatem|Hedi|Hicham|Hisham|Hoda|Huda|Hussein|Hussain|Ibrahim|Idris|Imed|Imad|Ismail|Jalal|Jamal"
    r"|Jamel|Kamal|Kamel"
    r"|Karim|Kareem|Khadija|Khaled|Khalid|Layla|Leila|Lotfi|Mahmoud|Majed|Majid|Malek|Marwan|Maryam|Mehdi"
    r"|Mohamed|Mohammed"
    r"|Mohammad|Mounir|Mourad|Murad|Mustafa|Mustapha|Nabil|Nadia|Nadim|Naima|Nasser|Nizar|Nora|Omar|Osama"
    r"|Oussama|Rachid"
    r"|Rashid|Rami|Rania|Rima|Rim|Sabri|Safia|Salma|Salem|Salim|Sami|Samir|Samira|Samar|Sara|Sofiane"
    r"|Soraya|Tarek|Tareq"
    r"|Tariq|Tawfik|Wael|Walid|Wided|Yasin|Yassine|Yasser|Youssef|Yousef|Yusuf|Zahra|Zainab|Zeinab|Zied"
    r"|Ziad)(?![\w’'-])"
)
INITIAL = re.compile(rf"(?<![\w'’-])({NAME})[ ]+([A-Z])\.?(?![\w'’])")

_INSTITUTIONS = """
    Islamic State Red Crescent Cross Strong Cities Network European Union United Nations Old New North
    South East West Northern Southern Eastern Western Central Upper Lower Greater Middle Africa Asia
    Europe City Council Ministry Interior Education Health Youth Women Social Media Facebook Telegram
    Whatsapp Tiktok Instagram Youtube Signal School University Street District Camp Market Mosque Church
    Hospital Prison Bridge Square Centre Center House Bank River Lake Sea Gulf Valley Mount Mountain
    Province Governorate Region Republic Kingdom Army Police Front Party Brigade Movement Brotherhood
    League Club Football Sport Friday Saturday Sunday Monday Tuesday Wednesday Thursday January February
    March April May June July August September October November December World Day Week Civil Society
    Local Action Plan National Strategy Human Rights Bab Ain Tel Tell Deir Wadi Jabal Djebel Bir Ras
    Oued Souk Souq Sidi Beni Bani Quartier Ville Rue Avenue Place Mosquée Église École Université
    Ministère Conseil Croix Croissant Rouge Unies État Islamique Nord Sud Est Ouest Maison Jeunes Femmes
    Afrique Moyen Orient Maghreb Proche Région République Royaume Armée Mouvement Parti Ligue Marché
    Pont Cité Al El Qaeda Qaida Shabaab Haram Boko Daesh Isis Nusra Hub Regional Medina Ramadan Eid
    Quran Coran Bible Google Twitter English French Arabic Kurdish Christian Muslim Sunni Shia Yazidi
    Roma Black White American Syrian Iraqi Libyan Tunisian Moroccan Algerian Egyptian Jordanian Lebanese
    Turkish Palestinian Somali The This That These Those They There Some Many Most When Where While
    After Before Since But And For Our His Her Their Its Les Des Une Nous Leur Dans Pour Avec Sans
    Depuis Après Avant Quand Beaucoup Plusieurs Certains Mayor Maire Governor Gouverneur Deputy General
    Général Générale Generale Secretary Secrétaire Committee Comité Agency Agence Company Société Bureau
    Office Service Services Fund Fonds Initiative Forum Academy Académie Institute Institut College
    Collège Lycée Library Stadium Stade Station Airport Port Hay Hayy Garde Guard Nationale Security
    Sécurité Defence Affairs Foreign Peace Paix Save Hope Avenir Solidaire Frontières Médecins Director
    Directeur Directrice President Président Minister Ministre Judge Juge Court Cour Tribunal
    Municipality Municipalité Commune Wilaya Pasha Tower Federation Fédération Alliance Coalition Coach
    Team Équipe Etoile Étoile Forces Force Unit Brigades Sons Fils Hizb An Vrai Vraie Future Dialogue
    Culture Sports Games Festival Summer Été Winter Hiver Spring Printemps Arab Arabe Islam Christmas
    Noël Sahara Mediterranean Méditerranée High Supreme Haut Haute Grand Grande Petit Petite Saint
    Sainte Notre Dame Internet Covid Hotline Radio News Daily Report Association Fondation Foundation
    Project Projet Programme Program
"""
NO_PERSON = frozenset(_INSTITUTIONS.split())
"""Words with a capital that make a pair of them something else than a person."""
PLACE_BEFORE = re.compile(
    r"(?:\b(?:in|at|near|around|to|towards|between|à|en|dans|près de|vers|aux?|chez|district of|city of"
    r"|town of"
    r"|village of|quarter of|camp of|quartier|ville de|village de|camp de|rue|avenue|street|mosque"
    r"|mosquée|school"
    r"|école|market|marché|outside|across|through|d['’]|de|from|of)\s+(?:the\s+|la\s+|le\s+|l['’])?)$",
    re.IGNORECASE,
)
_BODIES = (
    r"council|centre|center|project|programme|program|association|groups?|campaign|network|school"
    r"|club|platform|channel|initiative|organi[sz]ation|movement|gang|militia|game|play|method|tool"
    r"|conseil|projet|groupes?|campagne|réseau|école|plateforme|chaîne|application|mouvement|jeu"
    r"|pièce|méthode|outil|bande|milice|organisation|compte|account|partner|partenaire|ngo|ong|party"
    r"|parti|union|fund|fondation|foundation|company|société|radio|newspaper|journal|team|équipe"
    r"|between|entre|tribes?|tribus?"
)
BODY_BEFORE = re.compile(rf"\b(?:{_BODIES})\s*,?\s*$", re.IGNORECASE)
GROUP_BEFORE = re.compile(
    rf"\b(?:{_BODIES}"
    r"|page|site|app|district|quarter|camp|village|town|city|street|area|place|film|book|song|quartier"
    r"|camp|ville|rue|zone|lieu|livre"
    r")\s*,?\s*$",
    re.IGNORECASE,
)

OFFICE_BEFORE = re.compile(
    r"\b(?:mayor|governor|minister|president|director|deputy|maire|gouverneure?|ministre|présidente?"
    r"|directeur"
    r"|directrice|préfet|wali|councillor|conseiller|conseillère|author|auteure?|writer|poet"
    r"|poète)\s*,?\s*$",
    re.IGNORECASE,
)
OFFICE_BEFORE_AR = re.compile(
    r"(?:رئيسة? البلدية|رئيسة? المجلس|محافظة?|المحافظة?|وزيرة?|الوزيرة?|مديرة?|المديرة?|الوالي|والي"
    r"|نائبة?|النائبة?|العمدة"
    r"|الشاعرة?|الكاتبة?)\s+$"
)
PLACE_AFTER = re.compile(
    r"^\s+(?:mosque|street|school|district|quarter|camp|market|square|road|bridge|university|hospital"
    r"|stadium|centre"
    r"|center|neighbou?rhood|area|tribe|club|family foundation)\b",
    re.IGNORECASE,
)

_LETTERS = "[\u0621-\u064a]"
_WORD = rf"{_LETTERS}{{2,}}"
CUED_AR = re.compile(
    rf"(?<!{_LETTERS})(?:و?اسمه|و?اسمها|و?يدعى|و?تدعى|يسمى|تسمى|[ولب]?المدعوة?|[ولب]?المسماة|[ولب]?المسمى"
    rf"|[ولب]?المكنى"
    rf"|[ولب]?الملقبة?|[ولب]?المعروفة? باسم|باسم الاخ|[ولب]?السيدة?|[ولب]?الشيخ|[ولب]?الحاجة?|[ولب]?الاخ"
    rf"|[ولب]?المشتبه (?:به|فيه|بها|فيها)|[ولب]?المتهمة?)\s*:?\s*[«“\"(]?\s*(?P<name>{_WORD})"
    rf"(?:\s+(?P<next>{_WORD}))?"
)
KUNYA = re.compile(rf"(?<!{_LETTERS})[ولبف]?(?:ابو|ابا|ابي|ام)\s+{_WORD}")
_FIRST_NAMES = (
    "محمد|احمد|محمود|مصطفى|ابراهيم|اسماعيل|يوسف|خالد|عبد ?الله|عبد ?الرحمن|عبد ?القادر|عبد ?الكريم|حسين"
    "|طارق|سمير|"
    "ياسين|ياسر|بلال|حمزة|انس|زياد|رشيد|مراد|فاطمة|عائشة|زينب|مريم|خديجة|سلمى|هدى|ليلى|سعاد|نادية|رانيا"
    "|دنيا|"
    "منصور|وليد|هشام|عماد|مروان|نبيل|جمال|فيصل|سليمان|داود|عثمان|قاسم|بشير|كمال|رامي|فادي|باسم"
)
_MORE_NAMES = (
    "طه|لطفي|حكيم|سفيان|عارف|لؤي|مؤمن|نعيم|علي|عمر|حسن|كريم|رضا|هادي|الهادي|عادل|مالك|نزار|سعيد|سالم|صالح"
    "|ناصر|فؤاد|لطفي|منير|توفيق|رفيق|شكري|صابر|"
    "طاهر|الطاهر|لقمان|مهدي|المهدي|نوفل|هيثم|وائل|يحيى|زكريا|عيسى|موسى|هارون|ايوب|ادم|انور|اشرف|ايمن"
    "|اسامة|بدر|"
    "جابر|جعفر|حاتم|حامد|حيدر|رائد|سامي|سيف|شريف|صلاح|ضياء|عامر|عباس|عدنان|عزيز|علاء|غسان|فارس|فراس|ماجد"
    "|مازن|"
    "ماهر|مجيد|معتز|مؤيد|نادر|نديم|نضال|هاني|همام|سلوى|سميرة|سناء|سهام|امينة|اميرة|بسمة|ثريا|جميلة|حليمة"
    "|حنان|"
    "خلود|دلال|رقية|ريم|ريما|زهرة|سارة|شيماء|صفية|عبير|غادة|لمياء|منى|مها|نجلاء|نسرين|نوال|هالة|هند|وفاء"
    "|لطيفة|ايناس|وداد|سمر|ياسمين|يسرى"
)
MAYBE_AR = re.compile(
    rf"(?<!{_LETTERS})[ولبف]?(?:{_MORE_NAMES})\s+(?:بن\s+|ابن\s+|بنت\s+|ال){_LETTERS}{{2,}}"
)
SINGLE_AR = re.compile(rf"(?<!{_LETTERS})[ولبف]?(?:{_FIRST_NAMES}|مهدي|ايناس|سمر|سفيان|بلال)(?!{_LETTERS})")
YOUNG_AR = re.compile(
    rf"(?<!{_LETTERS})(?:الشاب|الشابة|الفتى|الفتاة|التاجر|المعلم|المعلمة|الامام|الداعية|الجار|جارنا"
    rf"|جارتنا|الطالب|الطالبة)"
    rf"\s+(?:{_FIRST_NAMES}|{_MORE_NAMES})(?!{_LETTERS})"
)
NAME_AR = re.compile(
    rf"(?<!{_LETTERS})[ولبف]?(?:{_FIRST_NAMES})\s+(?:بن\s+|ابن\s+|بنت\s+|ال\s)?(?P<next>{_WORD})"
)
PLACE_BEFORE_AR = re.compile(
    r"(?:مسجد|جامع|شارع|حي|مدرسة|ساحة|مدينة|قرية|مخيم|مستشفى|جامعة|مركز|نادي|جمعية|مؤسسة|منطقة|سوق|باب"
    r"|جسر|النبي|"
    r"سيدنا|سورة|مقهى|صفحة|قناة|مجموعة|حملة|مشروع|برنامج|لجنة|فريق|مبادرة)\s+$"
)
_SMALL_WORDS_AR = """
    في من على الى عن مع هو هي هم كان كانت الذي التي الذين هذا هذه ذلك تلك قد لا ما لم لن او ثم بعد قبل
    عند بين كل بعض غير ليس انه انها وهو وهي حتى منذ خلال ضد اليوم امس رئيس البلدية المحافظ المدينة
    بالتطرف بالارهاب بتجنيد بالتجنيد قرب لدى الناس الشباب احد احدى
"""
NO_NAME_AR = frozenset(_SMALL_WORDS_AR.split())
