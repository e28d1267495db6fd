#include "actors/normalize/employment.hpp"
#include "actors/normalize/pay_period.hpp"
#include "actors/normalize/work_mode.hpp"
#include "actors/sources/source.hpp"
#include "actors/text/html.hpp"
#include "messages/json.hpp"
#include "tests/vectors/suite.hpp"

// ats: payloads as the APIs send them, and what the raw record must say.

namespace jobfarm::test {

namespace {

std::vector<raw_posting> records_in(sources::parsed_page& page) {
  auto all = std::move(page.postings);
  for (auto& next : page.next)
    if (next.listed)
      all.push_back(*next.listed);
  return all;
}

std::string check_record(const json& wanted, const raw_posting& raw) {
  auto got = json::parse(to_json(raw));
  auto text = text::html_to_text(raw.description_html);
  std::string problem;
  for (auto& [name, value] : wanted.items()) {
    if (name == "description_contains") {
      for (const auto& part : value)
        if (text.find(part.get<std::string>()) == text.npos)
          problem += "text lacks " + part.dump() + "; ";
    } else if (name == "remote") {
      normalize::work_mode_hints hints;
      std::string workplace;
      if (got["extra"].contains("workplace_type"))
        workplace = got["extra"]["workplace_type"];
      hints.workplace = workplace;
      hints.remote = raw.remote;
      problem += differs(
          name, value, std::string{to_string(normalize::work_mode_of(hints))});
    } else if (name == "employment_type") {
      problem += differs(name, value,
                         std::string{to_string(
                             normalize::employment_of(raw.employment_type))});
    } else if (name == "salary") {
      problem +=
          differs("min", value["min"], got["salary_min"])
          + differs("max", value["max"], got["salary_max"])
          + differs("currency", value["currency"], got["salary_currency"])
          + differs("period", value["period"],
                    std::string{normalize::pay_period_of(raw.salary_period)});
    } else {
      problem += differs(name, value, got[name]);
    }
  }
  return problem;
}

std::string check_ats(const json& row) {
  const auto& input = row["input"];
  const auto& expect = row["expect"];
  const auto* source = sources::find_source(input["source"].get<std::string>());
  if (!source)
    return "no such source";
  sources::parse_context context;
  context.board = input.value("board", "");
  const auto& payload = input["payload"];
  auto page = source->parse(payload.is_string() ? payload.get<std::string>()
                                                : payload.dump(),
                            context);
  if (expect.contains("error") && !expect["error"].is_null())
    return page ? "parsed what is an error"
                : differs("error", expect["error"],
                          std::string{to_string(page.error().code)});
  if (!page)
    return "refused: " + page.error().detail;
  auto records = records_in(*page);
  auto problem = differs("count", expect["count"], records.size());
  if (problem.empty() && expect.contains("record") && !records.empty())
    problem = check_record(expect["record"], records.front());
  return problem;
}

const suite_registration ats("ats", check_ats);

} // namespace

} // namespace jobfarm::test
