"""The boards workload with Scrapy: scrapy_boards.py URLS OUT.jsonl [every-step]

With `every-step` it does what `same_job.py` says.
"""
import sys

import scrapy
from scrapy.crawler import CrawlerProcess

from records import records_of

EVERY_STEP = sys.argv[3:] == ["every-step"]
if EVERY_STEP:
    from same_job import store
    KEPT = store(sys.argv[2] + ".sqlite")


class Boards(scrapy.Spider):
    name = "boards"
    seen = set()

    def start_requests(self):
        with open(sys.argv[1]) as urls:
            for url in urls:
                yield scrapy.Request(url.strip(), dont_filter=True)

    def parse(self, response):
        if EVERY_STEP:
            KEPT.add(response.url, response.text)
        else:
            yield from records_of(response.url, response.text, self.seen)


process = CrawlerProcess(settings={
    "CONCURRENT_REQUESTS": 32, "CONCURRENT_REQUESTS_PER_DOMAIN": 32,
    "ROBOTSTXT_OBEY": False, "COOKIES_ENABLED": False, "LOG_LEVEL": "ERROR",
    "TELNETCONSOLE_ENABLED": False,
    "FEEDS": {} if EVERY_STEP else {
        sys.argv[2]: {"format": "jsonlines", "overwrite": True}}})
process.crawl(Boards)
process.start()
if EVERY_STEP:
    KEPT.export(sys.argv[2])
