#pragma once

#include "messages/expected.hpp"
#include "messages/json_text.hpp"

#include <simdjson.h>

#include <string>
#include <string_view>

/// What the JSON of records is read from: documents, and values that are no
/// records.
namespace jobfarm::json {

/// Where a value does not fit; no problem means that all went well.
struct misfit {
  std::string path;
  std::string problem;

  explicit operator bool() const {
    return !problem.empty();
  }
};

misfit bad(std::string problem);

/// The same as seen from an object or a list that has it under `name`.
misfit within(std::string_view name, misfit inner);

/// Strings accept numbers, numbers accept numeric strings.
misfit read(simdjson::dom::element value, std::string& out);
misfit read(simdjson::dom::element value, bool& out);
misfit read(simdjson::dom::element value, double& out);
/// Of 64 levels at most.
misfit read(simdjson::dom::element value, json_text& out);

/// Reads a whole text by `read`. Keeps a parser per thread. Errors:
/// invalid_input with what and where.
expected<void> read_document(std::string_view text,
                             misfit (*read)(simdjson::dom::element, void*),
                             void* out);

} // namespace jobfarm::json
