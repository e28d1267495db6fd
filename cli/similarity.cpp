#include "actors/dedupe/similarity.hpp"
#include "cli/commands.hpp"
#include "cli/console.hpp"
#include "cli/line_filter.hpp"
#include "messages/json_writer.hpp"
#include "messages/posting.hpp"

#include <nlohmann/json.hpp>

namespace jobfarm::cli {

namespace {

std::string text_of(const nlohmann::json& record, const char* name) {
  auto found = record.find(name);
  return found != record.end() && found->is_string() ? found->get<std::string>()
                                                     : std::string{};
}

struct compared_record {
  std::string title;
  std::string company;
  std::string description;

  explicit compared_record(const nlohmann::json& record)
      : title(text_of(record, "title")),
        company(text_of(record, "company")),
        description(text_of(record, "description")) {
  }
  dedupe::compared_texts texts() const {
    return {title, company, description};
  }
};

expected<void> compare_line(std::string_view line, output& out) {
  // Checked for depth first: nlohmann's values are destroyed recursively.
  auto compact = compact_json(line);
  if (!compact)
    return compact.error();
  auto pair = nlohmann::json::parse(*compact, nullptr, false);
  if (!pair.is_object() || !pair.contains("a") || !pair.contains("b")
      || !pair["a"].is_object() || !pair["b"].is_object())
    return fail(errc::invalid_input, "expected {\"a\":{},\"b\":{}}");
  compared_record a(pair["a"]);
  compared_record b(pair["b"]);
  auto alike = dedupe::compare(a.texts(), b.texts());
  json::object_writer row(out.buffer());
  row.member("title", alike.title)
      .member("company", alike.company)
      .member("description", alike.description)
      .member("score", alike.score());
  row.close();
  out.line_done();
  return {};
}

int run_similarity(const settings& given) {
  output out;
  auto code = filter_lines(
      given, [&](std::string_view line) { return compare_line(line, out); });
  if (!code)
    return complain(code.error());
  out.flush();
  return *code;
}

} // namespace

const command similarity_command = {
    "similarity",
    "How alike pairs of records are: title, company, description, score",
    "[FILE]...",
    -1,
    {},
    {"jobfarm similarity < pairs.jsonl   # lines {\"a\":{...},\"b\":{...}}"},
    run_similarity,
};

} // namespace jobfarm::cli
