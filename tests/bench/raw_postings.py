"""raw_postings.py [COUNT] [SEED]: raw postings (JSONL) for `jobfarm normalize`.

The same arguments, the same bytes. Texts of about 6 KB as boards write them:
lists, headings, entities, typographic marks, one in eight in another language;
sentences on pay, experience, visas and work mode among prose that means
nothing of the kind; places, dates and pay fields in the ways of many sources.

Example: python3 tests/bench/raw_postings.py 20000 > /tmp/raw.jsonl
"""
import json
import random
import sys

SOURCES = ["greenhouse", "lever", "ashby", "jsonld", "remoteok", "workable"]
LEVELS = ["", "", "Senior ", "Sr. ", "Staff ", "Principal ", "Lead ", "Junior "]
ROLES = ["Technical Program Manager", "Software Engineer", "Data Analyst",
         "Product Manager", "Account Executive", "Nurse Practitioner",
         "Site Reliability Engineer", "Product Designer", "Warehouse Associate",
         "Engineering Manager", "Customer Success Manager", "DevOps Engineer",
         "Financial Controller", "Machine Learning Engineer", "Sales Lead"]
TAILS = ["", "", " (m/f/d)", " - Remote", ", Payments", " II", " [Hybrid]",
         " - REQ-20731", ", Platform & Identity"]
COMPANIES = ["Acme Robotics, Inc.", "Nordwind GmbH", "Lumen Health Ltd",
             "Kestrel Analytics", "Sociedad Aurora S.A.", "Bluefin Labs LLC",
             "Tessera B.V.", "Okapi Systems Pty Ltd", "Monsoon Pvt. Ltd."]
PLACES = ["Berlin, Germany", "London, UK (Hybrid)", "New York, NY",
          "San Francisco, CA or Remote", "Toronto, ON, Canada", "Remote - US",
          "Bengaluru, Karnataka, India", "Paris", "Dublin, Ireland; Remote EMEA",
          "Austin, TX", "Singapore", "Amsterdam / Rotterdam", "Warszawa, Polska",
          "US-CA-San Jose", "São Paulo, Brazil", "東京", "Worldwide",
          "Springfield", "10115 Berlin", "Home Office, PL", "Sydney NSW"]
POSTED = ["2026-09-15", "2026-09-21T09:00:00-04:00", "1789000000", "3 days ago",
          "Posted 30+ days ago", "1789000000000", "vor 2 Tagen", "yesterday"]
PAY = ["", "", "", "$120,000 - $150,000 a year", "€60.000–75.000", "£45k",
       "₹18-25 LPA", "$45/hr"]
SMALL_WORDS = """we our the you will with to and for in is are of a this from the
and to of that have your be by their which who into other all more than""".split()
WORDS = """team work partners across engineering deliver programs matter own
planning services scale role reports metrics launch process people build improve
lead drive reliable secure product budget vendor customer operations market
growth analysis research practice clinical design strategy support technical
business leadership experience community global environment opportunity
responsible manage develop collaborate ensure maintain communicate define
evaluate create solutions requirements quality performance project tools
documentation review culture mission innovation impact diverse inclusive
benefits health insurance annual company remote office hybrid year years salary
visa program management ability knowledge skills strong excellent proven degree
field related preferred required including data systems cloud security software
infrastructure platform architecture code test release agile sprint backlog
stakeholder executive roadmap delivery""".split()
SKILLS = ["Python", "Kubernetes", "AWS", "Terraform", "PostgreSQL", "C++", "Go",
          "React", "SQL", "Jira", "Power BI", "SAP", "Excel", "Kafka", "Figma",
          "risk management", "CI/CD", "Salesforce", "machine learning", "Java"]
FACTS = ["You bring {n}+ years of experience in program management.",
         "At least {n} years’ experience with {s} and {s}.",
         "The salary range for this role is ${p},000 – ${q},000 per year.",
         "Base pay: USD {p}k to {q}k, plus equity &amp; bonus.",
         "Our Series C raised $180 million; 4,000 customers trust us.",
         "We are unable to sponsor visas for this position.",
         "Visa sponsorship is available for the right candidate.",
         "This is a hybrid role: three days a week in the office.",
         "Work from anywhere; we have been remote-first since 2014.",
         "A sign-on bonus of $10,000 and a $1,500 home office stipend.",
         "401(k) match up to 4%, 20 days PTO &#43; 12 public holidays.",
         "Office hours are 9:00–17:30, Monday to Friday (40 hours a week).",
         "We’re an equal opportunity employer – all are welcome&hellip;",
         "Skills: {s}, {s}, {s}&nbsp;and {s}."]
OTHER_TEXTS = [
    "Als Teil unseres Teams entwickelst du mit {s} und {s} Lösungen für unsere "
    "Kundinnen und Kunden. Du bringst mindestens {n} Jahre Berufserfahrung mit. "
    "Wir bieten {p}.000 € bis {q}.000 € brutto im Jahr und hybrides Arbeiten. ",
    "Au sein de l’équipe produit, vous concevez avec {s} des services utilisés "
    "par des milliers de clients. Vous avez {n} ans d’expérience. Rémunération "
    "de 4{n} k€ à 5{n} k€ brut annuel selon profil, télétravail partiel. ",
    "Buscamos una persona con {n} años de experiencia en {s} y {s} para liderar "
    "proyectos de transformación. Salario {p}.000 € anuales, teletrabajo. ",
    "{s}を使ったサービスの開発をお任せします。実務経験{n}年以上。年収600万円〜900万円。"
    "在宅勤務可。チームで協力して課題を解決できる方を歓迎します。"]


def filled(dice, text):
    low = dice.randint(60, 180)
    text = text.replace("{n}", str(dice.randint(2, 9)))
    text = text.replace("{p}", str(low)).replace("{q}", str(low + 30))
    while "{s}" in text:
        text = text.replace("{s}", dice.choice(SKILLS), 1)
    return text


def sentence(dice):
    words = [dice.choice(SMALL_WORDS if dice.random() < 0.38 else WORDS)
             for _ in range(dice.randint(8, 22))]
    if dice.random() < 0.3:
        words[dice.randrange(len(words))] = dice.choice(SKILLS)
    if dice.random() < 0.2:
        words[dice.randrange(len(words) - 1)] += ","
    return " ".join(words).capitalize() + "."


def block(dice, text_of):
    kind = dice.random()
    if kind < 0.15:
        heading = " ".join(dice.choices(WORDS, k=3)).title()
        return f"<h3><strong>{heading} &amp; More</strong></h3>\n"
    if kind < 0.5:
        items = "".join(f"<li>{text_of()}</li>\n" for _ in range(5))
        return f"<ul>\n{items}</ul>\n"
    if kind < 0.8:
        return f'<p style="margin: 0">{text_of()} {text_of()} {text_of()}</p>\n'
    return f"<div><span>• {text_of()}</span><br/>{text_of()}</div>"


def description(dice):
    other = dice.choice(OTHER_TEXTS) if dice.random() < 1 / 8 else None

    def text_of():
        if other:
            return filled(dice, other)
        if dice.random() < 0.12:
            return filled(dice, dice.choice(FACTS))
        return sentence(dice)

    wanted, parts, size = dice.randint(3500, 8500), [], 0
    while size < wanted:
        parts.append(block(dice, text_of))
        size += len(parts[-1].encode())
    return "".join(parts)


def raw_posting(dice, number):
    source, company = dice.choice(SOURCES), dice.choice(COMPANIES)
    place = dice.choice(PLACES)
    return {
        "source": source, "source_id": str(100000 + number),
        "board": company.split()[0].lower(),
        "title": dice.choice(LEVELS) + dice.choice(ROLES) + dice.choice(TAILS),
        "company": company, "location": place,
        "locations": [place, dice.choice(PLACES)] if dice.random() < 0.2 else [],
        "salary": dice.choice(PAY), "posted": dice.choice(POSTED),
        "fetched_at": "2026-10-01T00:00:00Z",
        "url": f"https://jobs.example/{source}/{number}?utm_source=x&id={number}",
        "application_url": f"https://jobs.example/{source}/{number}/apply",
        "description_html": description(dice),
        "employment_type": dice.choice(["", "Full-time", "FULL_TIME", "Contract"]),
        "department": dice.choice(["Programs", "R&amp;D", "Engineering", ""]),
        "remote": dice.choice([None, None, True, False]),
        "tags": dice.sample(SKILLS, 2),
        "extra": {"requisition_id": f"R-{number}", "team": "Delivery"}}


def main(count, seed):
    dice = random.Random(seed)
    for number in range(count):
        print(json.dumps(raw_posting(dice, number), ensure_ascii=False))


if __name__ == "__main__":
    numbers = [int(word) for word in sys.argv[1:]]
    main(*(numbers + [20000, 7][len(numbers):]))
