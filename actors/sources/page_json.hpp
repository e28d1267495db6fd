#pragma once

#include "messages/expected.hpp"

#include <simdjson.h>

#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <iterator>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

/// Reading the JSON that pages carry in scripts. Private to the page sources:
/// no header of an interface includes it. A member that is missing, null or of
/// another type reads as "not said".
namespace jobfarm::sources {

using json_value = simdjson::dom::element;
using json_path = std::initializer_list<std::string_view>;

/// What parsing a text takes, and what is parsed.
struct json_room {
  simdjson::dom::parser parser;
  simdjson::dom::document document;
};

/// A parsed JSON text that owns its values.
class json_document {
public:
  /// Parses one strict JSON value. A text is not copied first if enough bytes
  /// behind it may be read. Errors: bad_payload with the cause.
  static expected<json_document> parse(std::string_view text,
                                       std::size_t readable_behind = 0);

  json_value root() const {
    return room_->document.root();
  }

private:
  /// Keeps the room for the next text, of any thread.
  struct recycler {
    void operator()(json_room* used) const;
  };
  using room_ptr = std::unique_ptr<json_room, recycler>;

  explicit json_document(room_ptr room) : room_(std::move(room)) {
  }

  room_ptr room_;
};

/// The members of a value, none if it is no object: for one of which many are
/// asked. They are gone through once here, and each time in a `json_value`.
class json_members {
public:
  json_members() = default;
  explicit json_members(json_value object) {
    read(object);
  }

  /// Takes the members of another value instead, in the same room.
  void read(json_value object);

  /// Of several of one name the first; null if there is none.
  const json_value* find(std::string_view name) const;

private:
  struct member {
    /// Differs for most names.
    std::size_t tag;
    std::string_view name;
    json_value value;
  };

  std::vector<member> all_;
};

/// The value at the end of `path`; nothing where a step is missing or null.
std::optional<json_value> value_at(json_value from, json_path path);
std::optional<json_value> value_at(const json_members& from, json_path path);

/// Strings as they are, numbers as decimals; else empty.
std::string text_of(json_value value);
std::string text_of(const std::optional<json_value>& value);

/// Strings only, where they stand in the document.
std::string_view view_of(const std::optional<json_value>& value);

/// Numbers only; a numeric string is a text.
std::optional<double> number_of(json_value value);
std::optional<double> number_of(const std::optional<json_value>& value);
/// How many of something: the whole part of a number, a billion for more;
/// nothing for less than 0.
std::optional<std::int64_t> count_of(const std::optional<json_value>& value);
std::optional<bool> flag_of(const std::optional<json_value>& value);

/// The items of an array; any other value as the only item; nothing of null.
/// They stay in their document.
class json_items {
public:
  class iterator {
  public:
    using iterator_category = std::input_iterator_tag;
    using value_type = json_value;
    using difference_type = std::ptrdiff_t;
    using pointer = const json_value*;
    using reference = json_value;

    json_value operator*() const {
      return only_ != nullptr ? *only_ : *at_;
    }
    iterator& operator++() {
      only_ != nullptr ? void(only_ = nullptr) : void(++at_);
      return *this;
    }
    bool operator==(const iterator& other) const {
      return only_ == other.only_ && at_ == other.at_;
    }
    bool operator!=(const iterator& other) const {
      return !(*this == other);
    }

  private:
    friend json_items;
    simdjson::dom::array::iterator at_;
    /// Null in an array, and behind the only item.
    const json_value* only_ = nullptr;
  };

  json_items() = default;
  explicit json_items(json_value value);

  /// Valid while this lives.
  iterator begin() const;
  iterator end() const;
  std::size_t size() const {
    return size_;
  }
  bool empty() const {
    return size_ == 0;
  }
  json_value front() const {
    return *begin();
  }

private:
  simdjson::dom::array::iterator first_;
  simdjson::dom::array::iterator last_;
  std::optional<json_value> only_;
  std::size_t size_ = 0;
};

json_items items_of(json_value value);
json_items items_of(const std::optional<json_value>& value);

/// The same of what stands at the end of a path from a value, or from the
/// members of one.
template <class From>
std::string text_at(const From& from, json_path path) {
  return text_of(value_at(from, path));
}
template <class From>
std::string_view view_at(const From& from, json_path path) {
  return view_of(value_at(from, path));
}
template <class From>
std::optional<double> number_at(const From& from, json_path path) {
  return number_of(value_at(from, path));
}
template <class From>
std::optional<std::int64_t> count_at(const From& from, json_path path) {
  return count_of(value_at(from, path));
}
template <class From>
std::optional<bool> flag_at(const From& from, json_path path) {
  return flag_of(value_at(from, path));
}
template <class From>
json_items items_at(const From& from, json_path path) {
  return items_of(value_at(from, path));
}

/// The object or array that begins at `text[open]`, up to its matching end;
/// strings may hold brackets. Empty if there is no end.
std::string_view balanced_json(std::string_view text, std::size_t open);

/// The value that a script assigns after `name`, an object: `name` must be
/// followed by closing quotes or brackets, `=` and `{`, with white space
/// between. Nothing if there is no such place; an empty view if the object has
/// no end.
std::optional<std::string_view> assigned_json(std::string_view page,
                                              std::string_view name);

} // namespace jobfarm::sources
