"""What every peer does with an answer: read it, strip markup, drop repeats."""
import html
import json
import re

TAGS = re.compile(r"<[^>]+>")
SCRIPT = re.compile(r'<script type="application/ld\+json">(.*?)</script>', re.S)


def text_of(markup):
    return " ".join(html.unescape(TAGS.sub(" ", markup)).split())


def jobs_of(url, body):
    if "/jsonld/" in url:
        one = json.loads(SCRIPT.search(body).group(1))
        yield (one["title"], one["hiringOrganization"]["name"],
               one["jobLocation"]["address"]["addressLocality"],
               one["description"])
        return
    company = url.rstrip("/").split("/")[-2 if "/greenhouse/" in url else -1]
    answer = json.loads(body)
    for one in answer if isinstance(answer, list) else answer["jobs"]:
        if "content" in one:
            yield (one["title"], company, one["location"]["name"],
                   html.unescape(one["content"]))
        elif "text" in one:
            yield (one["text"], company, one["categories"]["location"],
                   one["description"])
        else:
            yield one["title"], company, one["location"], one["descriptionHtml"]


def records_of(url, body, seen):
    for title, company, place, markup in jobs_of(url, body):
        key = (title.lower(), company.lower(), place.lower())
        if key in seen:
            continue
        seen.add(key)
        yield {"title": title, "company": company, "location": place,
               "url": url, "description": text_of(markup)}
