#include "actors/sources/page_json.hpp"

#include "actors/sources/ascii.hpp"
#include "messages/json_repair.hpp"
#include "messages/json_writer.hpp"

#include <algorithm>
#include <mutex>
#include <utility>

namespace jobfarm::sources {

namespace {

/// So many rooms are kept, each of texts of at most so many bytes: to get fresh
/// memory for each page took longer than to read it. A room takes thirteen
/// times its longest text, so all threads share these.
constexpr std::size_t most_kept = 4;
constexpr std::size_t longest_kept = 256u << 10;

struct kept_rooms {
  std::mutex mutex;
  std::vector<std::unique_ptr<json_room>> rooms;
};

kept_rooms& all_kept() {
  static kept_rooms kept;
  return kept;
}

/// The room that was used last, or a new one.
std::unique_ptr<json_room> take_room(std::size_t text_bytes) {
  auto& kept = all_kept();
  std::lock_guard lock{kept.mutex};
  if (kept.rooms.empty() || text_bytes > longest_kept)
    return std::make_unique<json_room>();
  auto room = std::move(kept.rooms.back());
  kept.rooms.pop_back();
  return room;
}

simdjson::error_code parse_into(json_room& room, std::string_view text,
                                std::size_t readable_behind) {
  return room.parser
      .parse_into_document(room.document, text.data(), text.size(),
                           readable_behind < simdjson::SIMDJSON_PADDING)
      .error();
}

std::optional<json_value> unless_null(json_value value) {
  if (value.is_null())
    return std::nullopt;
  return value;
}

std::optional<json_value> follow(json_value from, const std::string_view* step,
                                 const std::string_view* end) {
  for (; step != end; ++step) {
    simdjson::dom::object object;
    if (from.get(object) != simdjson::SUCCESS
        || object[*step].get(from) != simdjson::SUCCESS)
      return std::nullopt;
  }
  return unless_null(from);
}

/// By its size and two letters.
std::size_t tag_of(std::string_view name) {
  auto byte = [](char c) { return std::size_t{static_cast<unsigned char>(c)}; };
  return name.empty()
             ? 0
             : name.size() << 16 | byte(name.front()) << 8 | byte(name.back());
}

} // namespace

void json_document::recycler::operator()(json_room* used) const {
  std::unique_ptr<json_room> room(used);
  auto& kept = all_kept();
  std::lock_guard lock{kept.mutex};
  if (room->parser.capacity() <= longest_kept && kept.rooms.size() < most_kept)
    kept.rooms.push_back(std::move(room));
}

expected<json_document> json_document::parse(std::string_view text,
                                             std::size_t readable_behind) {
  if (begins(text, "\xEF\xBB\xBF")) // a byte order mark
    text.remove_prefix(3);
  if (text.empty())
    return fail(errc::bad_payload, "read JSON: nothing there");
  room_ptr room(take_room(text.size()).release());
  auto error = parse_into(*room, text, readable_behind);
  if (error == simdjson::STRING_ERROR)
    error = parse_into(*room, json::repair_surrogates(text), 0);
  if (error)
    return fail(errc::bad_payload,
                std::string{"read JSON: "} + simdjson::error_message(error));
  return json_document{std::move(room)};
}

void json_members::read(json_value object) {
  all_.clear();
  simdjson::dom::object members;
  if (object.get(members) != simdjson::SUCCESS)
    return;
  all_.reserve(members.size());
  for (auto [name, value] : members)
    all_.push_back({tag_of(name), name, value});
}

const json_value* json_members::find(std::string_view name) const {
  auto tag = tag_of(name);
  for (const auto& one : all_)
    if (one.tag == tag && one.name == name)
      return &one.value;
  return nullptr;
}

std::optional<json_value> value_at(json_value from, json_path path) {
  return follow(from, path.begin(), path.end());
}

std::optional<json_value> value_at(const json_members& from, json_path path) {
  const auto* first = from.find(*path.begin());
  if (first == nullptr)
    return std::nullopt;
  return path.size() == 1 ? unless_null(*first)
                          : follow(*first, path.begin() + 1, path.end());
}

std::string text_of(json_value value) {
  switch (value.type()) {
    case simdjson::dom::element_type::STRING:
      return std::string{view_of(value)};
    case simdjson::dom::element_type::INT64:
      return std::to_string(value.get_int64().value_unsafe());
    case simdjson::dom::element_type::UINT64:
      return std::to_string(value.get_uint64().value_unsafe());
    case simdjson::dom::element_type::DOUBLE: {
      std::string text;
      json::append_number(text, number_of(value).value_or(0));
      return text;
    }
    default: return {};
  }
}

std::string text_of(const std::optional<json_value>& value) {
  return value ? text_of(*value) : std::string{};
}

std::string_view view_of(const std::optional<json_value>& value) {
  std::string_view text;
  return value && value->get(text) == simdjson::SUCCESS ? text
                                                        : std::string_view{};
}

std::optional<double> number_of(json_value value) {
  double number = 0;
  if (value.get(number) != simdjson::SUCCESS)
    return std::nullopt;
  return number;
}

std::optional<double> number_of(const std::optional<json_value>& value) {
  return value ? number_of(*value) : std::nullopt;
}

std::optional<std::int64_t> count_of(const std::optional<json_value>& value) {
  constexpr double most = 1e9;
  auto number = number_of(value);
  if (!number || !(*number >= 0))
    return std::nullopt;
  return static_cast<std::int64_t>(std::min(*number, most));
}

std::optional<bool> flag_of(const std::optional<json_value>& value) {
  bool flag = false;
  if (!value || value->get(flag) != simdjson::SUCCESS)
    return std::nullopt;
  return flag;
}

json_items::json_items(json_value value) {
  simdjson::dom::array array;
  if (value.get(array) == simdjson::SUCCESS) {
    first_ = array.begin();
    last_ = array.end();
    size_ = array.size();
  } else if (!value.is_null()) {
    only_ = value;
    size_ = 1;
  }
}

json_items::iterator json_items::begin() const {
  iterator first;
  first.at_ = first_;
  first.only_ = only_ ? &*only_ : nullptr;
  return first;
}

json_items::iterator json_items::end() const {
  iterator last;
  last.at_ = last_;
  return last;
}

json_items items_of(json_value value) {
  return json_items(value);
}

json_items items_of(const std::optional<json_value>& value) {
  return value ? items_of(*value) : json_items{};
}

std::string_view balanced_json(std::string_view text, std::size_t open) {
  std::size_t depth = 0;
  for (auto pos = open; pos < text.size(); ++pos) {
    pos = text.find_first_of("\"{}[]", pos);
    if (pos == npos)
      break;
    auto c = text[pos];
    if (c == '"') {
      do
        pos = text.find_first_of("\"\\", pos + 1);
      while (pos != npos && text[pos] == '\\' && ++pos < text.size());
      if (pos >= text.size())
        break;
    } else if (c == '{' || c == '[') {
      ++depth;
    } else if (--depth == 0) {
      return text.substr(open, pos + 1 - open);
    }
  }
  return {};
}

std::optional<std::string_view> assigned_json(std::string_view page,
                                              std::string_view name) {
  for (auto pos = page.find(name); pos != npos; pos = page.find(name, pos)) {
    pos += name.size();
    auto next = page.find_first_not_of(" \t\r\n\"']", pos);
    if (next == npos || page[next] != '=')
      continue;
    next = page.find_first_not_of(" \t\r\n", next + 1);
    if (next != npos && page[next] == '{')
      return balanced_json(page, next);
  }
  return std::nullopt;
}

} // namespace jobfarm::sources
