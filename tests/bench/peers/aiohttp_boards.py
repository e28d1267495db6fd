"""The boards workload, every step of it, with aiohttp, lxml and SQLite:
aiohttp_boards.py URLS OUT.jsonl"""
import asyncio
import sys

import aiohttp

from same_job import store


async def work(session, urls, kept):
    while urls:
        url = urls.pop()
        async with session.get(url) as answer:
            kept.add(url, await answer.text())


async def main():
    with open(sys.argv[1]) as lines:
        urls = lines.read().split()
    kept = store(sys.argv[2] + ".sqlite")
    connector = aiohttp.TCPConnector(limit=32)
    async with aiohttp.ClientSession(connector=connector) as session:
        await asyncio.gather(*(work(session, urls, kept) for _ in range(32)))
    kept.export(sys.argv[2])


asyncio.run(main())
