#include "messages/json_values.hpp"

#include "messages/json.hpp"
#include "messages/json_repair.hpp"

#include <charconv>
#include <utility>

namespace jobfarm {

namespace json {

namespace dom = simdjson::dom;

namespace {

constexpr std::size_t max_depth = 64;

misfit check_depth(dom::element value, std::size_t left) {
  if (left == 0)
    return bad("nested too deeply");
  if (value.is_array()) {
    for (auto item : dom::array(value))
      if (auto problem = check_depth(item, left - 1))
        return problem;
  } else if (value.is_object()) {
    for (auto member : dom::object(value))
      if (auto problem = check_depth(member.value, left - 1))
        return problem;
  }
  return {};
}

expected<dom::element> parse(std::string_view text) {
  thread_local dom::parser parser;
  auto parsed = parser.parse(text.data(), text.size());
  if (parsed.error() == simdjson::STRING_ERROR) {
    auto repaired = repair_surrogates(text);
    parsed = parser.parse(repaired.data(), repaired.size());
  }
  if (parsed.error())
    return fail(errc::invalid_input,
                std::string{"not JSON: "}
                    + simdjson::error_message(parsed.error()));
  return parsed.value_unsafe();
}

} // namespace

misfit bad(std::string problem) {
  return {{}, std::move(problem)};
}

misfit within(std::string_view name, misfit inner) {
  if (inner)
    inner.path =
        std::string{name} + (inner.path.empty() ? "" : "." + inner.path);
  return inner;
}

misfit read(dom::element value, std::string& out) {
  std::string_view text;
  if (value.get(text) == simdjson::SUCCESS) {
    out.assign(text);
    return {};
  }
  if (value.is_number() || value.is_bool()) {
    out = simdjson::to_string(value);
    return {};
  }
  return bad("expected a string");
}

misfit read(dom::element value, bool& out) {
  return value.get(out) == simdjson::SUCCESS ? misfit{}
                                             : bad("expected true or false");
}

misfit read(dom::element value, double& out) {
  if (value.get(out) == simdjson::SUCCESS)
    return {};
  std::string_view text;
  if (value.get(text) == simdjson::SUCCESS) {
    auto end = text.data() + text.size();
    auto parsed = std::from_chars(text.data(), end, out);
    if (parsed.ec == std::errc{} && parsed.ptr == end)
      return {};
  }
  return bad("expected a number");
}

misfit read(dom::element value, json_text& out) {
  if (auto problem = check_depth(value, max_depth))
    return problem;
  out.text = simdjson::minify(value);
  return {};
}

expected<void> read_document(std::string_view text,
                             misfit (*read)(dom::element, void*), void* out) {
  auto document = parse(text);
  if (!document)
    return document.error();
  if (auto problem = read(*document, out))
    return fail(errc::invalid_input,
                (problem.path.empty() ? "" : problem.path + ": ")
                    + problem.problem);
  return {};
}

} // namespace json

expected<std::string> compact_json(std::string_view text) {
  auto document = json::parse(text);
  if (!document)
    return document.error();
  if (auto problem = json::check_depth(*document, json::max_depth))
    return fail(errc::invalid_input, problem.problem);
  return simdjson::minify(*document);
}

} // namespace jobfarm
