"""The boards workload with Scrapy: scrapy_boards.py URLS OUT.jsonl"""
import sys

import scrapy
from scrapy.crawler import CrawlerProcess

from records import records_of


class Boards(scrapy.Spider):
    name = "boards"
    seen = set()

    def start_requests(self):
        with open(sys.argv[1]) as urls:
            for url in urls:
                yield scrapy.Request(url.strip(), dont_filter=True)

    def parse(self, response):
        yield from records_of(response.url, response.text, self.seen)


process = CrawlerProcess(settings={
    "CONCURRENT_REQUESTS": 32, "CONCURRENT_REQUESTS_PER_DOMAIN": 32,
    "ROBOTSTXT_OBEY": False, "COOKIES_ENABLED": False, "LOG_LEVEL": "ERROR",
    "TELNETCONSOLE_ENABLED": False,
    "FEEDS": {sys.argv[2]: {"format": "jsonlines", "overwrite": True}}})
process.crawl(Boards)
process.start()
