#include "actors/sources/jsonld_tolerant.hpp"

#include "actors/sources/ascii.hpp"
#include "actors/sources/jsonld_cursor.hpp"
#include "actors/sources/jsonld_string.hpp"
#include "actors/text/entities.hpp"

#include <algorithm>
#include <charconv>
#include <cstddef>
#include <utility>

namespace jobfarm::sources {

namespace {

// Deeper than any vocabulary nests, shallow enough for the call stack.
constexpr int deepest_repair = 64;
// More values in one block are no page made for people.
constexpr std::size_t max_values = 4096;

// Longer whole numbers may not fit 64 bits: they are kept as text.
constexpr std::size_t max_number_bytes = 18;

/// True for a number by the grammar of RFC 8259 section 6.
bool is_json_number(std::string_view s) {
  auto digits = [&s] {
    auto n = std::min(s.find_first_not_of("0123456789"), s.size());
    s.remove_prefix(n);
    return n;
  };
  auto accept = [&s](std::string_view any) {
    bool found = !s.empty() && any.find(s.front()) != npos;
    s.remove_prefix(found ? 1 : 0);
    return found;
  };
  accept("-");
  bool leading_zero = !s.empty() && s.front() == '0';
  auto whole = digits();
  if (whole == 0 || (leading_zero && whole > 1))
    return false;
  if (accept(".") && digits() == 0)
    return false;
  if (accept("eE")) {
    accept("+-");
    if (digits() == 0)
      return false;
  }
  return s.empty();
}

/// True for numbers that a strict parser takes: 20 digits are an id, and
/// 1e999 is nothing.
bool fits_a_double(std::string_view number) {
  double value = 0;
  auto end = number.data() + number.size();
  return number.size() <= max_number_bytes
         && std::from_chars(number.data(), end, value).ec == std::errc{};
}

/// Reads one block from front to back and writes strict JSON to `out_`.
class reader {
public:
  explicit reader(std::string_view block) : in_(block) {
  }

  tolerant_reading read_all() {
    tolerant_reading result;
    while (result.values.size() < max_values && find_value(result)) {
      out_.clear();
      if (!value(0)) {
        result.problem = problem_;
        break;
      }
      result.values.push_back(std::move(out_));
    }
    return result;
  }

private:
  bool fail(const char* why) {
    if (problem_.empty())
      problem_ = why + (" at byte " + std::to_string(in_.pos()));
    return false;
  }

  /// Moves to the next object or array. A script may assign the first one to
  /// a variable; after a value anything else ends the block.
  bool find_value(const tolerant_reading& so_far) {
    in_.skip_space();
    if (so_far.values.empty())
      in_.move_to(in_.find_any("{["));
    return in_.peek() == '{' || in_.peek() == '[';
  }

  bool value(int depth) {
    in_.skip_space();
    if (in_.done())
      return fail("cut off");
    switch (in_.peek()) {
      case '{':
        return depth > 0 && in_.peek(1) == '{' ? template_text()
                                               : object(depth + 1);
      case '[': return array(depth + 1);
      case '"':
      case '\'': return string(in_.peek());
      case ',':
      case '}':
      case ']': out_ += "null"; return true;
      default: return scalar();
    }
  }

  /// `{{ name }}` where a template engine did not run: no value.
  bool template_text() {
    auto end = in_.find("}}");
    if (end == npos)
      return fail("template text without an end");
    in_.move_to(end + 2);
    out_ += "null";
    return true;
  }

  bool object(int depth) {
    if (depth > deepest_repair)
      return fail("nested too deep");
    in_.advance();
    out_ += '{';
    for (bool first = true;; first = false) {
      skip_commas();
      if (in_.peek() == '}')
        break;
      if (in_.done())
        return fail("cut off in an object");
      if (!first)
        out_ += ',';
      if (!member(depth))
        return false;
    }
    in_.advance();
    out_ += '}';
    return true;
  }

  bool member(int depth) {
    if (!key())
      return false;
    in_.skip_space();
    if (in_.peek() != ':')
      return fail("no colon after a name");
    in_.advance();
    out_ += ':';
    place_ = {true, depth};
    return value(depth);
  }

  bool key() {
    auto c = in_.peek();
    if (c == '"' || c == '\'')
      return key_string(c);
    auto start = in_.pos();
    while (is_jsonld_word(in_.peek()) || in_.peek() == '-')
      in_.advance();
    if (in_.pos() == start)
      return fail("no name of a member");
    out_ += '"';
    out_.append(in_.slice(start, in_.pos()));
    out_ += '"';
    return true;
  }

  bool array(int depth) {
    if (depth > deepest_repair)
      return fail("nested too deep");
    in_.advance();
    out_ += '[';
    for (bool first = true;; first = false) {
      skip_commas();
      if (in_.peek() == ']')
        break;
      if (in_.done())
        return fail("cut off in an array");
      if (in_.peek() == '}')
        return fail("array closed as an object");
      if (!first)
        out_ += ',';
      place_ = {false, depth};
      if (!value(depth))
        return false;
    }
    in_.advance();
    out_ += ']';
    return true;
  }

  void skip_commas() {
    in_.skip_space();
    while (in_.peek() == ',') {
      in_.advance();
      in_.skip_space();
    }
  }

  /// A number, a word, or text that should have had quotes.
  bool scalar() {
    auto end = in_.find_any(",}]\r\n");
    auto token = in_.slice(in_.pos(), end);
    while (!token.empty() && is_jsonld_space(token.back()))
      token.remove_suffix(1);
    if (token.empty() || end >= in_.size())
      return fail("cut off in a value");
    in_.advance(token.size());
    if (token == "true" || token == "True")
      out_ += "true";
    else if (token == "false" || token == "False")
      out_ += "false";
    else if (is_json_number(token) && fits_a_double(token))
      out_.append(token);
    else if (is_digit(token.front()))
      quoted(token); // an unquoted date or amount
    else
      out_ += "null"; // undefined, NaN, an expression: nothing was said
    return true;
  }

  void quoted(std::string_view token) {
    out_ += '"';
    for (char c : token)
      append_json_character(out_, c);
    out_ += '"';
  }

  bool key_string(char quote) {
    in_.advance();
    out_ += '"';
    while (in_.peek() != quote)
      if (in_.done() || !copy_character(in_, out_))
        return fail("name without an end");
    in_.advance();
    out_ += '"';
    return true;
  }

  bool string(char quote) {
    auto place = place_;
    in_.advance();
    out_ += '"';
    while (!in_.done()) {
      if (in_.peek() == quote && ends_string(in_, in_.pos() + 1, place)) {
        in_.advance();
        out_ += '"';
        return true;
      }
      if (!copy_character(in_, out_))
        break;
    }
    return fail("string without an end");
  }

  jsonld_cursor in_;
  std::string out_;
  std::string problem_;
  /// Of the value being read.
  value_place place_;
};

/// True if the block's quotes are written as entities.
bool has_entity_quotes(std::string_view block) {
  auto quote = block.find('"');
  auto head = block.substr(0, quote);
  for (std::string_view entity : {"&quot;", "&#34;", "&#034;", "&#x22;"})
    if (head.find(entity) != npos)
      return true;
  return false;
}

/// True if the block was written into a string and its quotes escaped.
bool has_escaped_quotes(std::string_view block) {
  auto quote = block.find('"');
  return quote != npos && quote > 0 && block[quote - 1] == '\\';
}

std::string without_one_escape(std::string_view block) {
  std::string plain;
  for (std::size_t i = 0; i < block.size(); ++i) {
    bool escaped = block[i] == '\\' && i + 1 < block.size()
                   && (block[i + 1] == '"' || block[i + 1] == '\\');
    plain += block[i += escaped ? 1 : 0];
  }
  return plain;
}

tolerant_reading read_rewritten(const std::string& block) {
  return reader{block}.read_all();
}

} // namespace

tolerant_reading read_tolerantly(std::string_view block) {
  if (has_entity_quotes(block))
    return read_rewritten(text::decode_entities(block));
  if (has_escaped_quotes(block))
    return read_rewritten(without_one_escape(block));
  return reader{block}.read_all();
}

} // namespace jobfarm::sources
