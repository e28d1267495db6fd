// The boards workload with Crawlee: crawlee_boards.mjs URLS OUT.jsonl
//
// Its HttpCrawler, 32 at a time, without what can be left out: no Dataset, no
// sessions, no storage on disk.
import { createWriteStream, readFileSync } from "node:fs";
import { createRequire } from "node:module";

// The packages lie where they were installed, not beside this file.
const { Configuration, HttpCrawler, log } = createRequire(
  `${process.cwd()}/`,
)("@crawlee/http");

const entities = { amp: "&", lt: "<", gt: ">", quot: '"', "#x27": "'", nbsp: " " };
const unescape = (text) => text.replace(/&(#?\w+);/g, (all, name) =>
  entities[name] ?? (name[0] === "#" ? String.fromCodePoint(
    name[1] === "x" ? parseInt(name.slice(2), 16) : +name.slice(1)) : all));
const textOf = (markup) =>
  unescape(markup.replace(/<[^>]+>/g, " ")).split(/\s+/).join(" ").trim();

function* jobsOf(url, body) {
  if (url.includes("/jsonld/")) {
    const one = JSON.parse(
      /<script type="application\/ld\+json">(.*?)<\/script>/s.exec(body)[1]);
    yield [one.title, one.hiringOrganization.name,
           one.jobLocation.address.addressLocality, one.description];
    return;
  }
  const parts = url.replace(/\/$/, "").split("/");
  const company = parts.at(url.includes("/greenhouse/") ? -2 : -1);
  const answer = JSON.parse(body);
  for (const one of Array.isArray(answer) ? answer : answer.jobs)
    if ("content" in one)
      yield [one.title, company, one.location.name, unescape(one.content)];
    else if ("text" in one)
      yield [one.text, company, one.categories.location, one.description];
    else
      yield [one.title, company, one.location, one.descriptionHtml];
}

const [urls, target] = process.argv.slice(2);
const out = createWriteStream(target);
const seen = new Set();
log.setLevel(log.LEVELS.ERROR);
const crawler = new HttpCrawler({
  minConcurrency: 32,
  maxConcurrency: 32,
  useSessionPool: false,
  additionalMimeTypes: ["application/json", "text/html"],
  requestHandler({ request, body }) {
    for (const [title, company, location, markup] of
         jobsOf(request.url, body.toString())) {
      const key = `${title}\n${company}\n${location}`.toLowerCase();
      if (seen.has(key))
        continue;
      seen.add(key);
      out.write(JSON.stringify({ title, company, location, url: request.url,
                                 description: textOf(markup) }) + "\n");
    }
  },
}, new Configuration({ persistStorage: false, availableMemoryRatio: 0.5 }));
await crawler.run(readFileSync(urls, "utf8").split("\n").filter(Boolean));
out.end();
