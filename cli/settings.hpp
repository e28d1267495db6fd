#pragma once

#include "cli/command.hpp"
#include "messages/expected.hpp"

#include <chrono>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace jobfarm::cli {

/// A value and who gave it: `flag`, `env NAME`, `file PATH:LINE`, `default`.
struct setting {
  std::vector<std::string> values;
  std::string origin;
};

/// Everything a command was told, resolved by precedence: flag, environment,
/// file, default. Values have been checked against their kinds, so the typed
/// getters cannot fail.
class settings {
public:
  /// Gives `name` its value unless a stronger origin has set it before.
  void offer(std::string_view name, setting value);

  bool has(std::string_view name) const;
  bool flag(std::string_view name) const;
  /// The (last) value, empty if there is none.
  std::string text(std::string_view name) const;
  std::vector<std::string> list(std::string_view name) const;
  /// Like `list`, for names that may have commas in them (`split_names`).
  std::vector<std::string> names(std::string_view name) const;
  /// All values as they were given, with their commas.
  std::vector<std::string> each(std::string_view name) const;
  std::optional<std::int64_t> count(std::string_view name) const;
  std::optional<double> number(std::string_view name) const;
  std::optional<std::chrono::seconds> duration(std::string_view name) const;
  const std::map<std::string, setting, std::less<>>& all() const {
    return values_;
  }

  /// Words of the command line that are no options.
  std::vector<std::string> operands;
  const command* chosen = nullptr;

private:
  std::map<std::string, setting, std::less<>> values_;
};

/// Reads a finite number without exponent: "12", "0.5".
std::optional<double> parse_decimal(std::string_view text);

/// Reads "30s", "5m", "2h", "7d" or a bare number of seconds.
std::optional<std::chrono::seconds> parse_duration(std::string_view text);

/// Splits repeated and comma-separated values into single ones, without the
/// blanks around them.
std::vector<std::string> split_commas(const std::vector<std::string>& values);

/// The same for names of places and companies, where a comma before a blank
/// is part of the name: "Berlin,Paris" are two, "Portland, OR" is one.
std::vector<std::string> split_names(const std::vector<std::string>& values);

/// Says why `values` do not fit `opt`, or nothing if they do.
std::optional<std::string> misfit(const option& opt,
                                  const std::vector<std::string>& values);

/// The word of `words` nearest to `word`, if at edit distance 2 or less.
std::optional<std::string_view>
nearest(std::string_view word, const std::vector<std::string_view>& words);

} // namespace jobfarm::cli
