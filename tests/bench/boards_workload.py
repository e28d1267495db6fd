"""Writes the "boards" workload below a directory: the same seed, the same bytes.

400 Greenhouse-shaped boards, 200 Lever, 100 Ashby of 25 postings each and 300
pages with one JSON-LD JobPosting; texts of 4 to 6 KB; 12 % of the postings of
a board are reposts of an earlier one there under a new id. The paths are those
that `jobfarm collect --boards-url` asks for.
"""
import csv
import html
import json
import pathlib
import random

BOARDS = {"greenhouse": 400, "lever": 200, "ashby": 100}
PAGES = 300
POSTINGS = 25
DUPLICATES = 0.12
LEVELS = ["", "Senior ", "Staff ", "Principal ", "Lead "]
ROLES = ["Technical Program Manager", "Software Engineer", "Data Analyst",
         "Product Manager", "Account Executive", "Site Reliability Engineer",
         "Product Designer", "People Partner", "Engineering Manager"]
TEAMS = ["Payments", "Platform", "Growth", "Infrastructure", "Risk", "Mobile",
         "Cloud", "Search", "Developer Tools", "Identity"]
PLACES = ["Berlin, Germany", "London, United Kingdom", "New York, NY",
          "San Francisco, CA", "Toronto, Canada", "Bengaluru, India",
          "Paris, France", "Remote - US", "Dublin, Ireland", "Austin, TX",
          "Singapore", "Amsterdam, Netherlands", "Warsaw, Poland"]
WORDS = ("we our the team you will work with partners across engineering to "
         "deliver programs that matter and own roadmap planning for services "
         "in Python Kubernetes AWS Terraform SQL risk management stakeholder "
         "communication design reviews customers quality data systems at "
         "scale is are of a this role reports metrics launch process from "
         "people build improve lead drive agile Jira incident response "
         "reliable secure product budget vendor").split()
CLOSINGS = ["You bring 5+ years of experience in program management.",
            "The salary range for this role is $142,000 - $188,000 per year.",
            "We do not offer visa sponsorship for this position.",
            "This is a hybrid role: three days a week in the office.",
            "We’re an equal opportunity employer – all are welcome."]


def sentence(dice):
    words = dice.choices(WORDS, k=dice.randint(9, 20))
    return " ".join(words).capitalize() + "."


def description(dice):
    parts, size, wanted = [], 0, dice.randint(4096, 6144)
    while size < wanted:
        kind = dice.random()
        if kind < 0.2:
            part = f"<h3>{dice.choice(TEAMS)} &amp; {dice.choice(TEAMS)}</h3>"
        elif kind < 0.6:
            items = "".join(f"<li>{sentence(dice)}</li>" for _ in range(4))
            part = f"<ul>{items}</ul>"
        else:
            text = " ".join(sentence(dice) for _ in range(3))
            part = f"<p>{text} {dice.choice(CLOSINGS)}</p>"
        parts.append(part)
        size += len(part)
    return "".join(parts)


def job(dice):
    return {"title": dice.choice(LEVELS) + dice.choice(ROLES) + ", "
            + dice.choice(TEAMS) + " " + str(dice.randint(1, 999)),
            "place": dice.choice(PLACES), "text": description(dice)}


def jobs_of_board(dice):
    jobs = []
    for _ in range(POSTINGS):
        is_repost = jobs and dice.random() < DUPLICATES * POSTINGS / (POSTINGS - 1)
        jobs.append(dict(dice.choice(jobs)) if is_repost else job(dice))
    return jobs


def greenhouse(token, company, jobs, first):
    return {"jobs": [{
        "id": first + i, "internal_job_id": first + i, "title": one["title"],
        "absolute_url": f"https://boards.example/{token}/jobs/{first + i}",
        "updated_at": "2026-09-21T09:00:00-04:00",
        "first_published": "2026-09-11T09:00:00-04:00",
        "location": {"name": one["place"]}, "company_name": company,
        "metadata": [], "content": html.escape(one["text"]),
        "departments": [{"id": 1, "name": "Programs"}],
        "offices": [{"id": 2, "name": one["place"]}],
    } for i, one in enumerate(jobs)], "meta": {"total": len(jobs)}}


def lever(token, company, jobs, first):
    return [{
        "id": f"{first + i:08x}-0000-4000-8000-000000000000",
        "text": one["title"], "createdAt": 1789000000000 + first,
        "categories": {"commitment": "Full-time", "department": "Programs",
                       "location": one["place"], "team": "Delivery"},
        "country": None, "workplaceType": "hybrid", "description": one["text"],
        "lists": [], "additional": "",
        "hostedUrl": f"https://jobs.example/{token}/{first + i}",
        "applyUrl": f"https://jobs.example/{token}/{first + i}/apply",
    } for i, one in enumerate(jobs)]


def ashby(token, company, jobs, first):
    return {"apiVersion": "1", "jobs": [{
        "id": f"{first + i:08x}-0000-4000-8000-000000000001",
        "title": one["title"], "department": "Programs", "team": "Delivery",
        "employmentType": "FullTime", "location": one["place"],
        "secondaryLocations": [], "isListed": True, "isRemote": False,
        "publishedAt": "2026-09-20T08:00:00.000+00:00",
        "descriptionHtml": one["text"],
        "jobUrl": f"https://hires.example/{token}/{first + i}",
        "applyUrl": f"https://hires.example/{token}/{first + i}/application",
    } for i, one in enumerate(jobs)]}


def page(number, one):
    posting = {"@context": "https://schema.org", "@type": "JobPosting",
               "title": one["title"], "description": one["text"],
               "datePosted": "2026-09-15", "employmentType": "FULL_TIME",
               "identifier": {"@type": "PropertyValue", "value": f"P{number}"},
               "hiringOrganization": {"@type": "Organization",
                                      "name": f"Pagecorp {number}"},
               "jobLocation": {"@type": "Place", "address": {
                   "@type": "PostalAddress", "addressLocality": "Berlin",
                   "addressCountry": "DE"}}}
    return ("<!DOCTYPE html><html><head><title>Job</title>"
            '<script type="application/ld+json">' + json.dumps(posting)
            + "</script></head><body><h1>" + html.escape(one["title"])
            + "</h1></body></html>")


SHAPES = {"greenhouse": (greenhouse, "v1/boards/{}/jobs"),
          "lever": (lever, "v0/postings/{}"),
          "ashby": (ashby, "posting-api/job-board/{}")}


def write(root, base_url, seed=7):
    """Returns (pages, postings); `boards.csv` and `urls.txt` lie in `root`."""
    root, dice, first = pathlib.Path(root), random.Random(seed), 100000
    boards, urls, postings = [], [], 0
    for source, count in BOARDS.items():
        shape, path = SHAPES[source]
        for i in range(count):
            token, company = f"{source}{i}", f"{source.title()} Works {i}"
            where = f"{source}/{path.format(token)}"
            target = root / where
            target.parent.mkdir(parents=True, exist_ok=True)
            jobs = jobs_of_board(dice)
            target.write_text(json.dumps(shape(token, company, jobs, first)))
            first += len(jobs)
            postings += len(jobs)
            boards.append((source, token, company))
            urls.append(f"{base_url}/{where}")
    (root / "jsonld").mkdir(exist_ok=True)
    for i in range(PAGES):
        where = f"jsonld/{i}.html"
        (root / where).write_text(page(i, job(dice)))
        boards.append(("jsonld", f"{base_url}/{where}", ""))
        urls.append(f"{base_url}/{where}")
    with open(root / "boards.csv", "w", newline="") as out:
        csv.writer(out).writerows([("ats", "token", "company"), *boards])
    (root / "urls.txt").write_text("\n".join(urls) + "\n")
    return len(urls), postings + PAGES
