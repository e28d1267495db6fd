#include "actors/sources/jsonld_places.hpp"

#include "actors/sources/ascii.hpp"
#include "actors/text/entities.hpp"
#include "actors/text/utf8.hpp"

#include <utility>

namespace jobfarm::sources {

namespace {

// Each locality of an address repeats its region and country: both the parts
// and the places are bounded.
constexpr std::size_t max_part_bytes = 512;
constexpr std::size_t max_places = 1000;

/// A part of an address; nothing for what is too long to be one.
std::string part_of_address(const std::string& text) {
  auto part = stated_text(text);
  return part.size() <= max_part_bytes ? part : std::string{};
}

/// "Paris, Ile-de-France, FR"; a part that repeats the one before is left out.
std::string join_parts(const stated_place& place) {
  std::string line;
  std::string_view before;
  for (const auto* part : {&place.city, &place.region, &place.country}) {
    if (part->empty() || *part == before)
      continue;
    line += (line.empty() ? "" : ", ") + *part;
    before = *part;
  }
  return line;
}

bool is_address(const jsonld_graph& graph, json_value node) {
  return has_type(node, "PostalAddress")
         || !graph.all(node, "addressLocality").empty()
         || !graph.all(node, "addressCountry").empty();
}

void add_text(const std::string& text, std::vector<stated_place>& places) {
  stated_place place;
  place.display = stated_text(text);
  if (!place.display.empty())
    places.push_back(std::move(place));
}

/// The text of a value; an object may have several names.
void add_text(const jsonld_graph& graph, json_value value,
              std::vector<stated_place>& places) {
  auto names = graph.all(value, "name");
  for (auto name : names)
    add_text(graph.text_of_value(name), places);
  if (names.empty())
    add_text(graph.text_of_value(value), places);
}

/// One place for each locality; one for an address without any.
void add_address(const jsonld_graph& graph, json_value address,
                 std::vector<stated_place>& places) {
  stated_place place;
  place.region = part_of_address(graph.text(address, "addressRegion"));
  place.country = part_of_address(graph.text(address, "addressCountry"));
  place.postal_code = part_of_address(graph.text(address, "postalCode"));
  auto before = places.size();
  for (auto locality : graph.all(address, "addressLocality")) {
    if (places.size() >= max_places)
      return;
    place.city = part_of_address(graph.text_of_value(locality));
    place.display = join_parts(place);
    if (!place.city.empty())
      places.push_back(place);
  }
  if (places.size() > before)
    return;
  place.display = join_parts(place);
  for (auto name : {"streetAddress", "name"})
    if (place.display.empty())
      place.display = stated_text(graph.text(address, name));
  if (!place.display.empty())
    places.push_back(std::move(place));
}

void add_place(const jsonld_graph& graph, json_value value,
               std::vector<stated_place>& places) {
  auto before = places.size();
  if (is_address(graph, value))
    add_address(graph, value, places);
  for (auto address : graph.all(value, "address")) {
    if (address.type() == simdjson::dom::element_type::OBJECT)
      add_address(graph, address, places);
    else
      add_text(graph, address, places);
  }
  if (places.size() == before)
    add_text(graph, value, places);
}

} // namespace

std::string stated_text(const std::string& text) {
  static constexpr std::string_view fillers[] = {
      "unavailable", "-",       "--", "null",          "n/a",        "none",
      "undefined",   "unknown", ".",  "not specified", "unspecified"};
  auto line = text::collapse_space(text::decode_entities(text));
  for (auto filler : fillers)
    if (ascii_equal(line, filler))
      return {};
  return line;
}

std::vector<stated_place> read_places(const jsonld_graph& graph,
                                      json_value posting,
                                      std::string_view member) {
  std::vector<stated_place> places;
  for (auto value : graph.all(posting, member)) {
    if (places.size() >= max_places)
      break;
    add_place(graph, value, places);
  }
  return places;
}

} // namespace jobfarm::sources
