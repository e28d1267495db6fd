#pragma once

#include <nlohmann/json.hpp>

#include <string>

/// Test vectors: rows of `{suite, id, input, expect}` in `*.jsonl` files. A
/// trade registers one check a suite; the runner applies it to every row.
namespace jobfarm::test {

using json = nlohmann::json;

/// Checks one row. Returns an empty text if right, else what differed.
using vector_check = std::string (*)(const json& row);

/// Makes `check` the judge of `suite`. Use at namespace scope:
///
///     const suite_registration salary("salary", check_salary);
struct suite_registration {
  suite_registration(const char* suite, vector_check check);
};

/// True if `wanted` is met by `got`: equal, or `wanted` is a list of
/// alternatives that holds it. Numbers compare to 1e-9.
bool matches(const json& wanted, const json& got);

/// "field: wanted X, got Y", or empty if `matches`.
std::string differs(const std::string& field, const json& wanted,
                    const json& got);

} // namespace jobfarm::test
