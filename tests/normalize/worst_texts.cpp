#include "tests/normalize/worst_texts.hpp"

#include "actors/normalize/company.hpp"
#include "actors/normalize/dates.hpp"
#include "actors/normalize/employment.hpp"
#include "actors/normalize/gazetteer.hpp"
#include "actors/normalize/normalizer.hpp"
#include "actors/normalize/place.hpp"
#include "actors/normalize/role_family.hpp"
#include "actors/normalize/salary.hpp"
#include "actors/normalize/skills.hpp"
#include "actors/normalize/statements.hpp"
#include "actors/normalize/title.hpp"
#include "actors/normalize/work_mode.hpp"
#include "actors/sources/source.hpp"
#include "actors/text/entities.hpp"
#include "actors/text/html.hpp"

#include <algorithm>
#include <ctime>
#include <limits>
#include <stdexcept>

#include <malloc.h>

namespace jobfarm::test {

namespace {

using namespace jobfarm::normalize;

std::string repeated(std::string_view part, std::size_t bytes) {
  std::string text;
  text.reserve(bytes + part.size());
  while (text.size() < bytes)
    text += part;
  return text;
}

template <const char* part>
std::string repeat(std::size_t bytes) {
  return repeated(part, bytes);
}

constexpr char letters[] = "abcdefghij";
constexpr char digits[] = "1234567890";
constexpr char blanks[] = "          ";
constexpr char lines[] = "\n";
constexpr char brackets[] = "(";
constexpr char pairs[] = "()[]";
constexpr char dollars[] = "$";
constexpr char amounts[] = "$50,000 - ";
constexpr char pay[] = "salary is $50,000 a year ";
constexpr char pay_lines[] = "Salary: $50,000 - $60,000\n";
constexpr char groups[] = "1,000,000,";
constexpr char dates[] = "2024-01-01";
constexpr char days[] = "3 days a week in the office at home ";
constexpr char years[] = "5 years of experience ";
constexpr char visas[] = "we sponsor visa no sponsorship, ";
constexpr char skills[] = "Go, R, C, Python, ";
constexpr char places[] = "Berlin, Paris, London, ";
constexpr char listed_places[] = "Springfield; San Jose; ";
constexpr char unsure_places[] = "Chester Qqq; ";
constexpr char codes[] = "CA, IN, DE, ";
constexpr char joined[] = "Remote - ";
constexpr char glued[] = "<remote]";
constexpr char offices[] = "we work from our office or from home, not remote, ";
constexpr char han[] = "年薪北京";
constexpr char combining[] = "e\xCC\x81";
constexpr char unordered[] = "\xCC\x81\xCC\x96";
constexpr char workloads[] = " - 50%";
constexpr char broken[] = "\xFF\xC3";
constexpr char tags[] = "<";
constexpr char nested[] = "<div>";
constexpr char lists[] = "<ul><li>";
constexpr char quotes[] = "<a b=\"";
constexpr char comments[] = "<!--";
constexpr char scripts[] = "<script>";
constexpr char entities[] = "&amp;";
constexpr char ampersands[] = "&";
constexpr char arrays[] = "[";
constexpr char objects[] = "{\"a\":";
constexpr char ld[] = "<script type=\"application/ld+json\">{";
constexpr char ages[] = "3 days ago ";
constexpr char titles[] = "Senior Lead Manager of ";
constexpr char dashes[] = " - ";
constexpr char forms[] = "GmbH & Co. KG ";

const gazetteer& world() {
  static const auto opened = [] {
    auto file = gazetteer::open(JOBFARM_GAZETTEER);
    if (!file)
      throw std::runtime_error(file.error().detail);
    return *file;
  }();
  return *opened;
}

void read_pay_field(const std::string& text) {
  salary_input input;
  input.field = text;
  find_salary(input);
}

void read_pay_text(const std::string& text) {
  salary_input input;
  input.description = text;
  find_salary(input);
}

void read_place(const std::string& text) {
  place_hints hints;
  hints.location = text;
  resolve_places(world(), hints);
}

void read_places_field(const std::string& text) {
  // As many places as a source may list, in pieces.
  std::vector<std::string> listed;
  constexpr std::size_t piece = 24;
  for (std::size_t at = 0; at < text.size(); at += piece)
    listed.push_back(text.substr(at, piece));
  place_hints hints;
  hints.locations = &listed;
  resolve_places(world(), hints);
}

void read_page(const std::string& text) {
  sources::parse_context context;
  context.url = "https://a.example/b";
  context.fetched_at = "2026-11-24T10:00:00Z";
  static_cast<void>(sources::find_source("jsonld")->parse(text, context));
}

void read_title(const std::string& text) {
  auto title = normalize_title(clean_title(text, {}));
  seniority_of(title);
  role_family_of(title);
}

void read_all(const std::string& text) {
  static const normalizer rules(*gazetteer::open(JOBFARM_GAZETTEER));
  raw_posting raw;
  raw.source = "x";
  raw.source_id = "1";
  raw.title = raw.company = raw.location = raw.salary = raw.posted =
      raw.description_html = raw.employment_type = raw.department = text;
  static_cast<void>(rules.normalize(raw));
}

/// Memory once had stays: to get it anew, page by page, takes a virtual machine
/// longer than many a reader its text.
void keep_memory() {
  ::mallopt(M_MMAP_MAX, 0);
  ::mallopt(M_TRIM_THRESHOLD, std::numeric_limits<int>::max());
}

} // namespace

const std::vector<worst_text>& worst_texts() {
  static const std::vector<worst_text> all = {
      {"letters without blanks", repeat<letters>},
      {"digits", repeat<digits>},
      {"blanks", repeat<blanks>},
      {"empty lines", repeat<lines>},
      {"open brackets", repeat<brackets>},
      {"bracket pairs", repeat<pairs>},
      {"currency signs", repeat<dollars>},
      {"amounts in a chain", repeat<amounts>},
      {"pay in one line", repeat<pay>},
      {"pay in many lines", repeat<pay_lines>},
      {"groups of digits", repeat<groups>},
      {"dates without blanks", repeat<dates>},
      {"days a week", repeat<days>},
      {"years of experience", repeat<years>},
      {"visa statements", repeat<visas>},
      {"short skills", repeat<skills>},
      {"places", repeat<places>},
      {"ambiguous places", repeat<listed_places>},
      {"places amid unknown words", repeat<unsure_places>},
      {"codes of places", repeat<codes>},
      {"work modes", repeat<joined>},
      {"work modes without blanks", repeat<glued>},
      {"home and office", repeat<offices>},
      {"Han", repeat<han>},
      {"combining marks", repeat<combining>},
      {"marks out of order", repeat<unordered>},
      {"broken UTF-8", repeat<broken>},
      {"less-than signs", repeat<tags>},
      {"nested elements", repeat<nested>},
      {"nested lists", repeat<lists>},
      {"open quotes", repeat<quotes>},
      {"open comments", repeat<comments>},
      {"open scripts", repeat<scripts>},
      {"entities", repeat<entities>},
      {"ampersands", repeat<ampersands>},
      {"nested arrays", repeat<arrays>},
      {"nested objects", repeat<objects>},
      {"open JSON-LD", repeat<ld>},
      {"ages", repeat<ages>},
      {"title words", repeat<titles>},
      {"dashes", repeat<dashes>},
      {"workloads behind a word",
       [](std::size_t bytes) { return 'a' + repeated(workloads, bytes); }},
      {"legal forms", repeat<forms>},
  };
  return all;
}

const std::vector<text_reader>& text_readers() {
  static const std::vector<text_reader> all = {
      {"html", [](const std::string& text) { text::html_to_text(text); }},
      {"entities",
       [](const std::string& text) { text::decode_entities(text); }},
      {"page", read_page},
      {"pay field", read_pay_field},
      {"pay text", read_pay_text},
      {"place", read_place},
      {"places", read_places_field},
      {"date",
       [](const std::string& text) {
         parse_posted(text, "2026-11-24T10:00:00Z");
       }},
      {"title", read_title},
      {"company", [](const std::string& text) { normalize_company(text); }},
      {"employment", [](const std::string& text) { employment_of(text); }},
      {"experience", [](const std::string& text) { experience_in(text); }},
      {"visa", [](const std::string& text) { visa_in(text); }},
      {"skills", [](const std::string& text) { skills_in(text); }},
      {"language", [](const std::string& text) { language_of(text); }},
      {"work mode", [](const std::string& text) { mode_in_description(text); }},
      {"location mode",
       [](const std::string& text) { mode_in_location(text); }},
      {"all", read_all},
  };
  return all;
}

double seconds_of(const text_reader& reader, const std::string& text) {
  keep_memory();
  // The first one has its memory to get, page by page.
  constexpr int least_runs = 2;
  constexpr int most_runs = 3;
  constexpr double long_run = 0.2;
  auto least = std::numeric_limits<double>::max();
  for (int i = 0; i < most_runs && (i < least_runs || least < long_run); ++i) {
    auto begin = std::clock();
    reader.read(text);
    least = std::min(least, static_cast<double>(std::clock() - begin)
                                / CLOCKS_PER_SEC);
  }
  return least;
}

} // namespace jobfarm::test
