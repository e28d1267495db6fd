#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace jobfarm {
class byte_sink;
}

/// The append-only JSON writer of the hot path: JSONL, logs, results. Always
/// gives valid JSON, whatever the bytes of a text.
namespace jobfarm::json {

/// Appends `text` in quotes. Control characters are escaped; bytes that are
/// not UTF-8 become U+FFFD.
void append_string(std::string& out, std::string_view text);

/// Appends the shortest decimal that reads back as `value`; whole numbers
/// have no fraction; infinities and NaN are `null`.
void append_number(std::string& out, double value);
void append_number(std::string& out, std::int64_t value);

/// The same to a sink.
void write_string(byte_sink& out, std::string_view text);
void write_string(byte_sink& out, const std::string& text);
void write_number(byte_sink& out, double value);
void write_number(byte_sink& out, std::int64_t value);

/// Builds one JSON object member by member:
///
///     json::object_writer row(out);
///     row.member("name", text).member("count", 3);
///     row.close();
class object_writer {
public:
  explicit object_writer(std::string& out) : out_(out) {
    out_ += '{';
  }
  /// Goes on with the object that `out` is, without blanks.
  static object_writer behind(std::string& out) {
    out.pop_back();
    return {out, out.back() == '{'};
  }

  /// Appends the name and leaves the value to the caller.
  std::string& name(std::string_view key);

  object_writer& member(std::string_view key, std::string_view value);
  object_writer& member(std::string_view key, const char* value) {
    return member(key, std::string_view{value});
  }
  object_writer& member(std::string_view key, double value);
  object_writer& member(std::string_view key, std::int64_t value);
  object_writer& member(std::string_view key, int value) {
    return member(key, static_cast<std::int64_t>(value));
  }
  object_writer& member(std::string_view key, bool value);
  object_writer& null(std::string_view key);
  /// `value` is JSON already.
  object_writer& raw(std::string_view key, std::string_view value);
  void close() {
    out_ += '}';
  }

private:
  object_writer(std::string& out, bool first) : out_(out), first_(first) {
  }

  std::string& out_;
  bool first_ = true;
};

} // namespace jobfarm::json
