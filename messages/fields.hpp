#pragma once

#include <string_view>
#include <type_traits>

/// How records name their fields. A record is a plain struct with
///
///     static constexpr std::string_view record_name = "sighting";
///     template <class Self, class Visit>
///     static auto fields(Self& self, Visit visit) {
///       return visit(field{"source", self.source}, ...);
///     }
///
/// That one list drives msgpack (array form, in this order, so append only),
/// JSON (by name), CAF's inspection and `==`.
namespace jobfarm {

/// What an empty value looks like in JSON.
enum class when_empty { write, null, absent };

/// One field of a record: its JSON name and a reference to its value.
template <class T>
struct field {
  static constexpr when_empty empty_form = when_empty::write;
  std::string_view name;
  T& value;
};
template <class T>
field(std::string_view, T&) -> field<T>;

/// A field whose empty string means "unknown" and is `null` in JSON.
template <class T>
struct nullable {
  static constexpr when_empty empty_form = when_empty::null;
  std::string_view name;
  T& value;
};
template <class T>
nullable(std::string_view, T&) -> nullable<T>;

/// A field that is left out of JSON while it is empty.
template <class T>
struct sometimes {
  static constexpr when_empty empty_form = when_empty::absent;
  std::string_view name;
  T& value;
};
template <class T>
sometimes(std::string_view, T&) -> sometimes<T>;

/// True for structs that list their fields.
template <class T, class = void>
inline constexpr bool is_record = false;
template <class T>
inline constexpr bool is_record<T, std::void_t<decltype(T::record_name)>> =
    true;

template <class Record, std::enable_if_t<is_record<Record>, int> = 0>
bool operator==(const Record& a, const Record& b) {
  return Record::fields(a, [&](auto... of_a) {
    return Record::fields(
        b, [&](auto... of_b) { return ((of_a.value == of_b.value) && ...); });
  });
}

template <class Record, std::enable_if_t<is_record<Record>, int> = 0>
bool operator!=(const Record& a, const Record& b) {
  return !(a == b);
}

} // namespace jobfarm
