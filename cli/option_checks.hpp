#pragma once

#include "cli/command.hpp"

#include <cstdint>
#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>

/// What options ask of their values beyond the kind: each is a
/// `option::problem`, or what one is made of.
namespace jobfarm::cli {

/// `--NAME takes WANTED, not "VALUE"`.
std::string refusal(const option& opt, std::string_view wanted,
                    std::string_view value);

/// Nothing if `value` is one of `words`.
std::optional<std::string>
one_of(const option& opt, std::string_view value,
       std::initializer_list<std::string_view> words);

/// Nothing if `value` is a whole number from `least` to `most`.
std::optional<std::string> within(const option& opt, std::string_view value,
                                  std::int64_t least, std::int64_t most);

template <std::int64_t Least, std::int64_t Most>
std::optional<std::string> whole_number(const option& opt,
                                        std::string_view value) {
  return within(opt, value, Least, Most);
}

/// A number from 0 to 1.
std::optional<std::string> share(const option& opt, std::string_view value);

/// A duration that says its unit: "7d", not "7".
std::optional<std::string> duration_with_unit(const option& opt,
                                              std::string_view value);

/// An http or https URL with a host.
std::optional<std::string> web_address(const option& opt,
                                       std::string_view value);

/// A time such as 2026-11-24T10:00:00Z; the empty text is none.
std::optional<std::string> utc_time(const option& opt, std::string_view value);

/// An ISO 4217 code in any case; the empty text is none.
std::optional<std::string> currency_code(const option& opt,
                                         std::string_view value);

/// Names of sources, separated by commas.
std::optional<std::string> source_list(const option& opt,
                                       std::string_view value);

/// One line of visible ASCII text, as a header takes it (RFC 9110 5.5).
std::optional<std::string> header_text(const option& opt,
                                       std::string_view value);

/// `unknown source "NAME"`, with the nearest one.
std::string unknown_source(const std::string& name);

} // namespace jobfarm::cli
