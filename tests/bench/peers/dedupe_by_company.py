"""Duplicates by the plain rule, as a careful script finds them: blocks by the
company's first word, in a block the texts with enough 3-grams in common, by an
index of them; then the whole score. Reads postings, writes merged ones."""
import collections
import difflib
import json
import re
import sys

THRESHOLD = 0.85
WORD = re.compile(r"\w+")


def shingles(text):
    words = WORD.findall(text.lower())
    return {hash(three) for three in zip(words, words[1:], words[2:])}


def ratio(a, b):
    return 1.0 if a == b else difflib.SequenceMatcher(None, a, b).ratio()


def score(a, b, texts, shared):
    both = len(texts[0]) + len(texts[1]) - shared
    description = shared / both if both else 1.0
    bound = 0.4 + 0.3 + 0.3 * description
    if bound <= THRESHOLD:
        return 0.0
    company = ratio(a["company"], b["company"])
    if bound - 0.3 * (1 - company) <= THRESHOLD:
        return 0.0
    return (0.4 * ratio(a["title"], b["title"]) + 0.3 * company
            + 0.3 * description)


def main():
    jobs = [json.loads(line) for line in sys.stdin]
    jobs.sort(key=lambda one: (one["first_seen"] or "", one["id"]))
    root = list(range(len(jobs)))

    def find(i):
        while root[i] != i:
            root[i] = root[root[i]]
            i = root[i]
        return i

    blocks, by_signature = collections.defaultdict(list), {}
    for i, one in enumerate(jobs):
        for key in (one["url"], (one["title_normalized"],
                                 one["company_normalized"]),
                    (one["company_normalized"], one["description"])):
            root[find(i)] = find(by_signature.setdefault(key, i))
        blocks[one["company"].split()[0].lower()].append(i)
    for members in blocks.values():
        texts, index = {}, collections.defaultdict(list)
        for i in members:
            texts[i] = shingles(jobs[i]["description"])
            common = collections.Counter()
            for one in texts[i]:
                common.update(index[one])
                index[one].append(i)
            for j, shared in common.items():
                if shared * 3 < len(texts[i]):
                    continue
                if score(jobs[j], jobs[i], (texts[j], texts[i]),
                         shared) > THRESHOLD:
                    root[find(i)] = find(j)
    groups = collections.defaultdict(list)
    for i, one in enumerate(jobs):
        groups[find(i)].append(one)
    for members in groups.values():
        merged = dict(members[0])
        merged["sightings"] = [s for one in members for s in one["sightings"]]
        print(json.dumps(merged))


main()
