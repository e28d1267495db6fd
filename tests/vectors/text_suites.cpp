#include "actors/text/html.hpp"
#include "actors/text/url.hpp"
#include "actors/text/utf8.hpp"
#include "tests/vectors/suite.hpp"

#include <sstream>

namespace jobfarm::test {

namespace {

/// Lines without bullets; empty ones do not count.
json lines_of(const std::string& text) {
  auto lines = json::array();
  std::istringstream in(text);
  for (std::string line; std::getline(in, line);) {
    if (line.rfind("- ", 0) == 0)
      line.erase(0, 2);
    if (!line.empty())
      lines.push_back(line);
  }
  return lines;
}

std::string check_text(const json& row) {
  auto got =
      lines_of(text::html_to_text(row["input"]["html"].get<std::string>()));
  const auto& expect = row["expect"];
  if (expect.contains("lines"))
    return got == expect["lines"] ? "" : "got " + got.dump();
  for (const auto& one : expect["lines_any"])
    if (one == got)
      return "";
  return "got " + got.dump();
}

std::string check_canonical(const json& row) {
  auto got = text::canonical_url(row["input"]["url"].get<std::string>());
  return differs("url", row["expect"]["url"],
                 got ? json(*got) : json(got.error().detail));
}

std::string check_resolve(const json& row) {
  auto got = text::resolve_url(row["input"]["base"].get<std::string>(),
                               row["input"]["url"].get<std::string>());
  return differs("url", row["expect"]["url"],
                 got ? json(*got) : json(got.error().detail));
}

const suite_registration suites[] = {
    {"text", check_text},
    {"url_tracking", check_canonical},
    {"url_canonical", check_canonical},
    {"url_normalise", check_canonical},
    {"url_resolve", check_resolve},
};

} // namespace

} // namespace jobfarm::test
