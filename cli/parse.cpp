#include "cli/commands.hpp"

#include "actors/sources/source.hpp"
#include "actors/text/time.hpp"
#include "cli/clock.hpp"
#include "cli/console.hpp"
#include "cli/line_filter.hpp"
#include "cli/option_checks.hpp"
#include "messages/json_writer.hpp"

#include <algorithm>
#include <cstdio>

namespace jobfarm::cli {

namespace {

/// The one line that scripts read when a payload holds no postings.
int refuse(const std::string& source, const failure& why) {
  std::string line;
  json::object_writer outer(line);
  json::object_writer inner(outer.name("error"));
  inner.member("code", to_string(why.code))
      .member("message", why.detail)
      .member("source", source);
  inner.close();
  outer.close();
  line += '\n';
  std::fwrite(line.data(), 1, line.size(), stderr);
  return exit_usage;
}

std::string name_of(const rejection& one) {
  return !one.source_id.empty() ? one.source_id
         : !one.url.empty()     ? one.url
                                : "a record without an id";
}

sources::parse_context context_of(const settings& given) {
  sources::parse_context context;
  context.board = given.text("board");
  context.company = given.text("company");
  context.url = given.text("url");
  auto at = text::parse_utc(given.text("fetched-at"));
  context.fetched_at = text::format_utc(at.value_or(now_utc()));
  return context;
}

std::size_t count_of(const sources::parsed_page& page) {
  auto is_listed = [](const auto& next) { return next.listed.has_value(); };
  auto listed = std::count_if(page.next.begin(), page.next.end(), is_listed);
  return page.postings.size() + page.rejections.size()
         + static_cast<std::size_t>(listed);
}

int run_parse(const settings& given) {
  auto name = given.text("source");
  const auto* source = sources::find_source(name);
  if (!source)
    return complain(usage(name.empty()
                              ? "--source is needed; jobfarm sources lists them"
                              : unknown_source(name)));
  auto context = context_of(given);
  auto payload = read_all(given.operands.empty() ? "-" : given.operands[0]);
  if (!payload)
    return complain(payload.error());
  auto page = source->parse(*payload, context);
  if (!page)
    return refuse(name, page.error());
  if (page->verdict == answer::partial
      && count_of(*page) == page->rejections.size())
    return refuse(name, fail(errc::bad_payload,
                             "it states postings and shows none of them"));
  output out;
  for (const auto& posting : page->postings) {
    append_json(out.buffer(), posting);
    out.line_done();
  }
  for (const auto& next : page->next)
    if (next.listed) {
      append_json(out.buffer(), *next.listed);
      out.line_done();
    }
  out.flush();
  for (const auto& one : page->rejections)
    say(given, "left out " + name_of(one) + ": " + one.reason);
  if (page->unreadable == 0)
    return exit_done;
  complain(std::to_string(page->unreadable) + " of "
           + std::to_string(count_of(*page)) + " records could not be read");
  return exit_usage;
}

} // namespace

const command parse_command = {
    "parse",
    "Read one payload of a source as raw postings (JSONL)",
    "[FILE]",
    1,
    {
        {"source", value_kind::text, "NAME", "whose payload it is"},
        {"board", value_kind::text, "TOKEN", "company token of the board"},
        {"company", value_kind::text, "NAME",
         "company, where the payload lacks it"},
        {"url", value_kind::text, "URL", "where the payload came from"},
        {"fetched-at", value_kind::text, "TIME",
         "when, RFC 3339 (default: now); relative dates count from it", "",
         false, utc_time},
    },
    {"jobfarm parse --source greenhouse --board acme < jobs.json > raw.jsonl",
     "jobfarm parse --source jsonld --url https://example.com/job/1 < "
     "page.html"},
    run_parse,
};

} // namespace jobfarm::cli
