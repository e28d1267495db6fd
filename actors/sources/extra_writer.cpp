#include "actors/sources/extra_writer.hpp"

#include <utility>

namespace jobfarm::sources {

std::string pay_range_json(std::optional<double> min, std::optional<double> max,
                           std::string_view currency, std::string_view period) {
  extra_writer range;
  range.number("min", min);
  range.number("max", max);
  range.text("currency", currency);
  range.text("period", period);
  return range.finish().text;
}

std::string address_json(std::string_view city, std::string_view region,
                         std::string_view country,
                         std::string_view postal_code) {
  extra_writer address;
  address.text("city", city);
  address.text("region", region);
  address.text("country", country);
  address.text("postal_code", postal_code);
  return address.finish().text;
}

std::string array_json(const std::vector<std::string>& items) {
  std::string array;
  for (const auto& item : items) {
    if (item.empty())
      continue;
    array += array.empty() ? '[' : ',';
    array += item;
  }
  return array.empty() ? array : array + ']';
}

} // namespace jobfarm::sources
