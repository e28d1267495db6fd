#include "actors/sources/ziprecruiter_models.hpp"

#include "actors/sources/ascii.hpp"
#include "actors/sources/tag_reader.hpp"

#include <charconv>
#include <iterator>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

namespace jobfarm::sources {

namespace {

failure cut_off() {
  return fail(errc::bad_payload, "parse ziprecruiter: the model is cut off");
}

expected<ziprecruiter_model> read_variables(std::string_view json) {
  auto document = json_document::parse(json);
  if (!document)
    return fail(errc::bad_payload,
                "parse ziprecruiter: " + document.error().detail);
  ziprecruiter_model model{std::move(*document), {}, false, {}, {}, 0, 0, {}};
  auto root = model.document.root();
  auto cards = value_at(root, {"hydrateJobCardsResponse", "jobCards"});
  model.has_cards = cards && cards->is_array();
  if (model.has_cards)
    for (auto card : items_of(*cards))
      model.cards.push_back(card);
  model.job = value_at(root, {"getJobDetailsResponse", "jobDetails"});
  if (model.job)
    model.job_key = text_at(*model.job, {"listingKey"});
  model.page = count_at(root, {"page"}).value_or(0);
  model.page_count = count_at(root, {"maxPages"}).value_or(0);
  model.listing_count =
      count_at(root, {"listJobKeysResponse", "totalListings"});
  // Nothing found leaves the cards out and counts 0.
  if (!model.has_cards && model.listing_count == 0)
    model.has_cards = true;
  return model;
}

/// The strings that `self.__next_f.push([1,"..."])` calls hand over, joined.
std::string joined_pushes(std::string_view html) {
  constexpr std::string_view call = "__next_f.push(";
  std::string joined;
  for (auto pos = html.find(call); pos != npos; pos = html.find(call, pos)) {
    pos += call.size();
    if (html.substr(pos, 1) != "[")
      continue;
    auto json = balanced_json(html, pos);
    if (json.empty())
      break; // the page ends inside
    auto pushed = json_document::parse(json);
    if (!pushed)
      continue;
    auto items = items_of(pushed->root());
    if (items.size() > 1)
      joined += text_of(*std::next(items.begin()));
    pos += json.size();
  }
  return joined;
}

/// The number after `"name":`, or nothing.
std::optional<std::int64_t> number_after(std::string_view text,
                                         const std::string& name) {
  auto key = '"' + name + "\":";
  auto pos = text.find(key);
  std::int64_t value = 0;
  if (pos == npos
      || std::from_chars(text.data() + pos + key.size(),
                         text.data() + text.size(), value)
                 .ec
             != std::errc{})
    return std::nullopt;
  return value;
}

/// The value of `"serializedJobCardsData":`, an object or one in a string.
std::optional<std::string> card_data(std::string_view stream) {
  constexpr std::string_view key = "\"serializedJobCardsData\":";
  auto pos = stream.find(key);
  if (pos == npos)
    return std::nullopt;
  pos += key.size();
  if (stream.substr(pos, 1) == "{")
    return std::string{balanced_json(stream, pos)};
  auto end = pos + 1;
  while (end < stream.size() && stream[end] != '"')
    end += stream[end] == '\\' ? 2 : 1;
  if (stream.substr(pos, 1) != "\"" || end >= stream.size())
    return std::string{};
  auto text = json_document::parse(stream.substr(pos, end + 1 - pos));
  return text ? text_of(text->root()) : std::string{};
}

/// The cards of a map in the order of their keys, each of them once.
std::vector<json_value> cards_of(json_value keys, json_value by_key) {
  std::unordered_map<std::string_view, json_value> known;
  simdjson::dom::object members;
  if (by_key.get(members) == simdjson::SUCCESS)
    for (auto [key, card] : members)
      known.try_emplace(key, card);
  std::vector<json_value> cards;
  for (auto key : items_of(keys)) {
    auto name = text_of(key);
    if (name.empty())
      name = text_at(key, {"listingKey"});
    auto card = known.find(name);
    if (card == known.end())
      continue;
    if (!card->second.is_null())
      cards.push_back(card->second);
    known.erase(card);
  }
  return cards;
}

expected<ziprecruiter_model> read_stream(const std::string& stream) {
  auto json = card_data(stream);
  if (!json)
    return fail(errc::schema_changed,
                "parse ziprecruiter: no model of job cards");
  if (json->empty())
    return cut_off();
  auto document = json_document::parse(*json);
  if (!document)
    return fail(errc::bad_payload,
                "parse ziprecruiter: " + document.error().detail);
  ziprecruiter_model model{std::move(*document), {}, false, {}, {}, 0, 0, {}};
  auto root = model.document.root();
  auto keys = value_at(root, {"jobKeys"});
  auto by_key = value_at(root, {"jobKeysMap"});
  model.has_cards = keys && by_key;
  if (model.has_cards)
    model.cards = cards_of(*keys, *by_key);
  model.page = number_after(stream, "page").value_or(0);
  model.page_count = number_after(stream, "maxPages").value_or(0);
  model.listing_count = number_after(stream, "totalListings");
  return model;
}

} // namespace

expected<ziprecruiter_model> read_ziprecruiter_model(std::string_view html) {
  tag_reader tags{html};
  while (auto tag = tags.next())
    if (tag->name == "script" && attribute(*tag, "id") == "js_variables")
      return tag->is_cut_off ? expected<ziprecruiter_model>{cut_off()}
                             : read_variables(tag->raw_text);
  auto stream = joined_pushes(html);
  if (stream.empty() && contains(html, "serializedJobCardsData"))
    return cut_off();
  return read_stream(stream);
}

} // namespace jobfarm::sources
