#pragma once

#include "messages/json_text.hpp"
#include "messages/json_writer.hpp"

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace jobfarm::sources {

/// Builds `raw_posting::extra`: only what a source said is written.
class extra_writer {
public:
  extra_writer() : object_(text_) {
    text_.reserve(usual_size);
  }
  extra_writer(const extra_writer&) = delete;
  extra_writer& operator=(const extra_writer&) = delete;

  void text(std::string_view name, std::string_view value) {
    if (!value.empty())
      object_.member(name, value);
  }
  void number(std::string_view name, std::optional<double> value) {
    if (value)
      object_.member(name, *value);
  }
  void flag(std::string_view name, std::optional<bool> value) {
    if (value)
      object_.member(name, *value);
  }
  /// `json` is one JSON value already.
  void raw(std::string_view name, std::string_view json) {
    if (!json.empty())
      object_.raw(name, json);
  }
  void texts(std::string_view name, const std::vector<std::string>& values) {
    if (values.empty())
      return;
    object_.name(name) += '[';
    for (const auto& value : values) {
      json::append_string(text_, value);
      text_ += ',';
    }
    text_.back() = ']';
  }

  /// Ends the object; nothing if it has no member. Call once.
  json_text finish() {
    object_.close();
    return text_ == "{}" ? json_text{} : json_text{std::move(text_)};
  }

private:
  /// Bytes of most objects, and of what normalising adds to them.
  static constexpr std::size_t usual_size = 320;

  std::string text_;
  json::object_writer object_;
};

/// A range of pay as one item of `extra.salary_ranges`.
std::string pay_range_json(std::optional<double> min, std::optional<double> max,
                           std::string_view currency, std::string_view period);

/// One item of `extra.addresses`.
std::string address_json(std::string_view city, std::string_view region,
                         std::string_view country,
                         std::string_view postal_code);

/// `items`, each one JSON value, as a JSON array; empty for none.
std::string array_json(const std::vector<std::string>& items);

} // namespace jobfarm::sources
