#include "messages/json.hpp"

#include "messages/byte_sink.hpp"
#include "messages/is_optional.hpp"
#include "messages/json_values.hpp"
#include "messages/json_writer.hpp"
#include "messages/ledger.hpp"
#include "messages/operations.hpp"

#include <cstring>
#include <type_traits>

namespace jobfarm {

namespace {

namespace dom = simdjson::dom;

using json::bad;
using json::misfit;
using json::read;

template <class T>
inline constexpr bool is_vector = false;
template <class T>
inline constexpr bool is_vector<std::vector<T>> = true;

/// Lists of these are JSON objects keyed by one member (`CollectionResult`'s
/// `errors`).
template <class T>
inline constexpr bool is_keyed = std::is_same_v<T, source_error>;

// -- writing ------------------------------------------------------------------

template <class T>
bool holds_nothing(const T& value) {
  if constexpr (is_optional<T>)
    return !value.has_value();
  else if constexpr (std::is_arithmetic_v<
                         T> || std::is_enum_v<T> || is_record<T>)
    return false;
  else
    return value.empty();
}

/// Writes a name of ours: letters, digits, underscores. Inline, the compiler
/// knows the name: a few numbers to store.
[[gnu::always_inline]] inline void write_name(byte_sink& out,
                                              std::string_view name) {
  auto* to = out.room_for(name.size() + 4);
  *to++ = ',';
  *to++ = '"';
  std::memcpy(to, name.data(), name.size());
  to += name.size();
  *to++ = '"';
  *to++ = ':';
  out.add_until(to);
}

template <class T>
void write(byte_sink& out, const T& value);

template <class Field>
[[gnu::always_inline]] inline void write_field(byte_sink& out, Field f) {
  if (Field::empty_form == when_empty::absent && holds_nothing(f.value))
    return;
  write_name(out, f.name);
  if (Field::empty_form == when_empty::null && holds_nothing(f.value))
    out.write("null");
  else
    write(out, f.value);
}

template <class T>
void write_record(byte_sink& out, const T& value) {
  const auto begin = out.size();
  T::fields(value, [&](auto... fs) { (write_field(out, fs), ...); });
  if (out.size() == begin)
    out.put('{');
  // In place of the first comma.
  out.at(begin) = '{';
  out.put('}');
}

template <class T>
void write_list(byte_sink& out, const std::vector<T>& values) {
  out.put(is_keyed<T> ? '{' : '[');
  bool first = true;
  for (const auto& value : values) {
    if (!first)
      out.put(',');
    first = false;
    if constexpr (is_keyed<T>) {
      json::write_string(out, value.source);
      out.put(':');
    }
    write(out, value);
  }
  out.put(is_keyed<T> ? '}' : ']');
}

template <class T>
void write(byte_sink& out, const T& value) {
  if constexpr (std::is_same_v<T, std::string>)
    json::write_string(out, value);
  else if constexpr (std::is_same_v<T, bool>)
    out.write(value ? "true" : "false");
  else if constexpr (std::is_floating_point_v<T>)
    json::write_number(out, static_cast<double>(value));
  else if constexpr (std::is_integral_v<T>)
    json::write_number(out, static_cast<std::int64_t>(value));
  else if constexpr (std::is_enum_v<T>)
    json::write_string(out, to_string(value));
  else if constexpr (std::is_same_v<T, json_text>)
    out.write(value.empty() ? "{}" : std::string_view{value.text});
  else if constexpr (is_optional<T>)
    value ? write(out, *value) : out.write("null");
  else if constexpr (is_vector<T>)
    write_list(out, value);
  else
    write_record(out, value);
}

// -- reading ------------------------------------------------------------------

template <class T,
          std::enable_if_t<std::is_integral_v<T> && !std::is_same_v<T, bool>,
                           int> = 0>
misfit read(dom::element value, T& out) {
  std::int64_t number = 0;
  if (value.get(number) != simdjson::SUCCESS
      || number < std::numeric_limits<T>::min()
      || number > std::numeric_limits<T>::max())
    return bad("expected a whole number");
  out = static_cast<T>(number);
  return {};
}

template <class T, std::enable_if_t<has_enum_names<T>, int> = 0>
misfit read(dom::element value, T& out) {
  std::string_view text;
  if (value.get(text) == simdjson::SUCCESS)
    if (auto known = from_string<T>(text)) {
      out = *known;
      return {};
    }
  return bad("expected one of the known words, not "
             + simdjson::to_string(value).substr(0, 60));
}

template <class T>
misfit read(dom::element value, std::vector<T>& out);
template <class T, std::enable_if_t<is_optional<T>, int> = 0>
misfit read(dom::element value, T& out);
template <class T, std::enable_if_t<is_record<T>, int> = 0>
misfit read(dom::element value, T& out);

/// Where a member of an object goes, whatever its type.
struct slot {
  std::string_view name;
  void* value;
  misfit (*read)(dom::element, void*);
};

template <class T>
misfit read_at(dom::element value, void* out) {
  return read(value, *static_cast<T*>(out));
}

/// Reads the members that have one of so many slots.
misfit read_members(dom::element value, const slot* slots, std::size_t count) {
  dom::object object;
  if (value.get(object) != simdjson::SUCCESS)
    return bad("expected an object");
  // Members mostly come in our own order: look at the next slot first.
  std::size_t next = 0;
  for (auto [key, member] : object) {
    std::size_t tried = 0;
    while (tried < count && slots[(next + tried) % count].name != key)
      ++tried;
    if (tried == count)
      continue;
    const auto& found = slots[(next + tried) % count];
    next = (next + tried) % count + 1;
    if (member.is_null())
      continue;
    if (auto problem = found.read(member, found.value))
      return json::within(key, std::move(problem));
  }
  return {};
}

template <class T, std::enable_if_t<is_record<T>, int>>
misfit read(dom::element value, T& out) {
  return T::fields(out, [&](auto... fs) {
    const slot slots[] = {
        {fs.name, &fs.value, read_at<std::decay_t<decltype(fs.value)>>}...};
    return read_members(value, slots, sizeof...(fs));
  });
}

template <class T>
misfit read_item(dom::element item, std::string_view key, std::vector<T>& out) {
  T value{};
  if (item.is_null()) {
    out.push_back(std::move(value));
    return {};
  }
  if (auto problem = read(item, value))
    return json::within(key.empty() ? std::to_string(out.size())
                                    : std::string{key},
                        std::move(problem));
  if constexpr (is_keyed<T>)
    value.source = key;
  out.push_back(std::move(value));
  return {};
}

template <class T>
misfit read(dom::element value, std::vector<T>& out) {
  out.clear();
  if constexpr (is_keyed<T>) {
    dom::object object;
    if (value.get(object) != simdjson::SUCCESS)
      return bad("expected an object");
    for (auto [key, member] : object)
      if (auto problem = read_item(member, key, out))
        return problem;
  } else {
    dom::array array;
    if (value.get(array) != simdjson::SUCCESS)
      return bad("expected an array");
    for (auto item : array)
      if (auto problem = read_item(item, {}, out))
        return problem;
  }
  return {};
}

template <class T, std::enable_if_t<is_optional<T>, int>>
misfit read(dom::element value, T& out) {
  std::decay_t<decltype(*out)> inner{};
  auto problem = read(value, inner);
  if (!problem)
    out = std::move(inner);
  return problem;
}

} // namespace

template <class Record>
void write_json(byte_sink& out, const Record& record) {
  write_record(out, record);
}

template <class Record>
void append_json(std::string& out, const Record& record) {
  byte_sink sink;
  write_record(sink, record);
  out += sink.view();
}

template <class Record>
expected<Record> from_json(std::string_view text) {
  expected<Record> record(std::in_place);
  if (auto done = json::read_document(text, read_at<Record>, &*record); !done)
    record = done.error();
  return record;
}

#define JOBFARM_JSON(Record)                                                   \
  template void write_json(byte_sink&, const Record&);                         \
  template void append_json(std::string&, const Record&);                      \
  template expected<Record> from_json(std::string_view)

template void append_json(std::string&, const failure&);
JOBFARM_JSON(raw_posting);
JOBFARM_JSON(place);
JOBFARM_JSON(sighting);
JOBFARM_JSON(job_posting);
JOBFARM_JSON(enrichment);
JOBFARM_JSON(enriched_posting);
JOBFARM_JSON(board);
JOBFARM_JSON(job_query);
JOBFARM_JSON(source_error);
JOBFARM_JSON(collection_result);
JOBFARM_JSON(http_request);
JOBFARM_JSON(task);
JOBFARM_JSON(rejection);
JOBFARM_JSON(task_timings);
JOBFARM_JSON(task_outcome);
JOBFARM_JSON(event);
JOBFARM_JSON(source_progress);
JOBFARM_JSON(query_progress);
JOBFARM_JSON(source_status);
JOBFARM_JSON(task_record);
JOBFARM_JSON(query_record);
JOBFARM_JSON(proxy_status);
JOBFARM_JSON(node_status);
JOBFARM_JSON(source_balance);
JOBFARM_JSON(query_audit);
JOBFARM_JSON(dead_letter);

#undef JOBFARM_JSON

} // namespace jobfarm
