#include "actors/sources/jsonld_extract.hpp"

#include "actors/sources/ascii.hpp"
#include "actors/sources/tag_reader.hpp"

#include <cstddef>

namespace jobfarm::sources {

namespace {

// The busiest list pages captured hold some dozens.
constexpr std::size_t max_blocks = 1000;
// Each posting of a page is compared with what the page says of itself.
constexpr std::size_t max_fact_bytes = 4096;

bool is_jsonld_script(const page_tag& tag) {
  auto type = attribute(tag, "type");
  if (!type)
    return false;
  auto essence = std::string_view{*type}.substr(0, type->find(';'));
  return ascii_equal(ascii_trim(essence), "application/ld+json");
}

/// The address in an attribute; nothing for what is too long to be one.
std::string address_in(const page_tag& tag, std::string_view name) {
  auto address = attribute(tag, name);
  return address && address->size() <= max_fact_bytes ? *std::move(address)
                                                      : std::string{};
}

void note_link(const page_tag& tag, page_facts& facts) {
  auto relation = attribute(tag, "rel");
  if (relation && ascii_equal(ascii_trim(*relation), "canonical"))
    set_once(facts.canonical, address_in(tag, "href"));
}

void note_meta(const page_tag& tag, page_facts& facts) {
  auto property = attribute(tag, "property");
  if (!property)
    property = attribute(tag, "name");
  if (!property)
    return;
  if (ascii_equal(*property, "og:url"))
    set_once(facts.og_url, address_in(tag, "content"));
  else if (ascii_equal(*property, "og:title"))
    set_once(
        facts.og_title,
        one_line(
            attribute(tag, "content").value_or("").substr(0, max_fact_bytes)));
}

bool is_json(std::string_view payload) {
  if (begins(payload, "\xEF\xBB\xBF"))
    payload.remove_prefix(3);
  payload = ascii_trim(payload);
  return begins(payload, "{") || begins(payload, "[");
}

} // namespace

jsonld_page extract_jsonld(std::string_view payload) {
  jsonld_page page;
  if (is_json(payload)) {
    page.blocks.push_back({payload, false});
    return page;
  }
  bool has_title = false;
  bool has_heading = false;
  tag_reader tags{payload};
  while (auto tag = tags.next()) {
    if (tag->is_end)
      continue;
    if (tag->name == "script" && is_jsonld_script(*tag)) {
      page.has_more_blocks = page.blocks.size() == max_blocks;
      if (!page.has_more_blocks)
        page.blocks.push_back({tag->raw_text, tag->is_cut_off});
    } else if (tag->name == "link") {
      note_link(*tag, page.facts);
    } else if (tag->name == "meta") {
      note_meta(*tag, page.facts);
    } else if (tag->name == "title" && !has_title) {
      has_title = true;
      page.facts.title = one_line(inner_html(payload, *tag));
    } else if (tag->name == "h1" && !has_heading) {
      has_heading = true;
      page.facts.heading = one_line(inner_html(payload, *tag));
    }
  }
  return page;
}

} // namespace jobfarm::sources
