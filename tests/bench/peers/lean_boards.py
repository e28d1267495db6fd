"""The boards workload with the least Python: lean_boards.py URLS OUT.jsonl

Thirty-two keep-alive connections of asyncio streams, no framework.
"""
import asyncio
import json
import sys
from urllib.parse import urlsplit

from records import records_of


async def get(reader, writer, parts):
    writer.write(f"GET {parts.path} HTTP/1.1\r\nHost: {parts.netloc}\r\n\r\n"
                 .encode())
    size = 0
    while (line := await reader.readline()) != b"\r\n":
        if line.lower().startswith(b"content-length:"):
            size = int(line[15:])
    return (await reader.readexactly(size)).decode()


async def work(urls, out, seen):
    parts = urlsplit(urls[-1])
    reader, writer = await asyncio.open_connection(parts.hostname, parts.port)
    while urls:
        url = urls.pop()
        body = await get(reader, writer, urlsplit(url))
        for record in records_of(url, body, seen):
            out.write(json.dumps(record) + "\n")
    writer.close()


async def main():
    with open(sys.argv[1]) as lines, open(sys.argv[2], "w") as out:
        urls, seen = lines.read().split(), set()
        await asyncio.gather(*(work(urls, out, seen) for _ in range(32)))


asyncio.run(main())
