#include "actors/sources/jsonld_posting.hpp"

#include "actors/sources/ascii.hpp"
#include "actors/sources/extra_writer.hpp"
#include "actors/sources/jsonld_pay.hpp"
#include "actors/sources/jsonld_places.hpp"
#include "actors/text/entities.hpp"
#include "actors/text/url.hpp"

#include <array>
#include <utility>

namespace jobfarm::sources {

namespace {

/// Placeholders of templates that did not run.
bool is_template_text(std::string_view text) {
  for (auto mark : {"{{", "}}", "{%", "<%", "${"})
    if (contains(text, mark))
      return true;
  return false;
}

/// True if a tag's name follows at `pos`: markup, not a "less than".
bool is_tag_name(std::string_view text, std::size_t pos) {
  static constexpr std::array names = {
      "p",  "br", "div",  "span",    "ul",      "ol",    "li",
      "h1", "h2", "h3",   "h4",      "h5",      "h6",    "strong",
      "b",  "em", "i",    "u",       "a",       "table", "tr",
      "td", "hr", "font", "section", "article", "img",   "pre"};
  if (pos < text.size() && text[pos] == '/')
    ++pos;
  // A name ends soon or is none: nobody looks through all that follows.
  constexpr std::size_t longest_name = 8;
  auto word = text.substr(pos, longest_name + 1);
  auto end = word.find_first_of(" \t\r\n/>&");
  if (end == npos)
    return false;
  for (std::string_view name : names)
    if (ascii_equal(word.substr(0, end), name))
      return true;
  return false;
}

/// True if `opener` ("<" or "&lt;") begins a tag anywhere in `text`.
bool has_tags(std::string_view text, std::string_view opener) {
  for (auto pos = text.find(opener); pos != npos;
       pos = text.find(opener, pos)) {
    pos += opener.size();
    if (is_tag_name(text, pos))
      return true;
  }
  return false;
}

void replace_all(std::string& text, std::string_view from,
                 std::string_view to) {
  std::string result;
  std::size_t pos = 0;
  for (auto found = text.find(from); found != npos;
       found = text.find(from, pos)) {
    result.append(text, pos, found - pos).append(to);
    pos = found + from.size();
  }
  text = result.append(text, pos, npos);
}

/// The texts of all values of a member; lists in one text are split.
std::vector<std::string> words_of(const jsonld_graph& graph, json_value posting,
                                  std::string_view name) {
  std::vector<std::string> words;
  for (auto value : graph.all(posting, name)) {
    auto text = stated_text(graph.text_of_value(value));
    for (std::size_t pos = 0; pos < text.size();) {
      auto comma = std::min(text.find_first_of(",;", pos), text.size());
      auto word = ascii_trim(std::string_view{text}.substr(pos, comma - pos));
      if (!word.empty())
        words.emplace_back(word);
      pos = comma + 1;
    }
  }
  return words;
}

std::vector<std::string> texts_of(const jsonld_graph& graph, json_value posting,
                                  std::string_view name) {
  std::vector<std::string> texts;
  for (auto value : graph.all(posting, name))
    if (auto text = stated_text(graph.text_of_value(value)); !text.empty())
      texts.push_back(std::move(text));
  return texts;
}

std::string joined(const std::vector<std::string>& texts) {
  std::string line;
  for (const auto& text : texts)
    line += (line.empty() ? "" : ", ") + text;
  return line;
}

/// An address as text or `{"@id": ...}`, absolute where it can be made so.
std::string read_url(const jsonld_graph& graph, json_value node,
                     std::string_view name, const std::string& page_url) {
  for (auto value : graph.all(node, name)) {
    auto url = graph.text_of_value(value);
    if (url.empty())
      url = text_at(value, {"@id"});
    url = std::string{ascii_trim(url)};
    if (url.empty())
      continue;
    auto absolute = page_url.empty() ? expected<std::string>{url}
                                     : text::resolve_url(page_url, url);
    if (!absolute)
      continue;
    if (auto canonical = text::canonical_url(*absolute))
      return *canonical;
  }
  return {};
}

/// The employer's number or word for the posting, not its own name in it.
std::string read_identifier(const jsonld_graph& graph, json_value posting) {
  for (auto value : graph.all(posting, "identifier")) {
    auto id = text_of(value);
    for (auto name : {"value", "@value", "propertyID"})
      if (id.empty())
        id = graph.text(value, name);
    if (id = stated_text(id); !id.empty() && !is_template_text(id))
      return id;
  }
  return {};
}

void read_employer(const jsonld_graph& graph, json_value posting,
                   raw_posting& raw) {
  for (auto employer : graph.all(posting, "hiringOrganization")) {
    if (raw.company.empty())
      raw.company = stated_text(graph.text_of_value(employer));
    for (auto name : {"legalName", "alternateName"})
      if (raw.company.empty())
        raw.company = stated_text(graph.text(employer, name));
    if (raw.department.empty())
      raw.department = stated_text(graph.text(employer, "department"));
  }
  if (raw.department.empty())
    raw.department = stated_text(graph.text(posting, "employmentUnit"));
}

void read_location(const jsonld_graph& graph, json_value posting,
                   raw_posting& raw, extra_writer& extra) {
  std::vector<std::string> addresses;
  for (const auto& place : read_places(graph, posting, "jobLocation")) {
    raw.locations.push_back(place.display);
    addresses.push_back(address_json(place.city, place.region, place.country,
                                     place.postal_code));
  }
  if (!raw.locations.empty())
    raw.location = raw.locations.front();
  extra.raw("addresses", array_json(addresses));
  std::vector<std::string> scope;
  for (auto& place :
       read_places(graph, posting, "applicantLocationRequirements"))
    scope.push_back(std::move(place.display));
  extra.texts("remote_scope", scope);
  for (const auto& type : texts_of(graph, posting, "jobLocationType")) {
    auto lower = ascii_lower(type);
    if (contains(lower, "hybrid"))
      extra.text("workplace_type", "hybrid");
    else if (contains(lower, "telecommute") || contains(lower, "remote"))
      raw.remote = true;
    else if (contains(lower, "onsite") || contains(lower, "on-site"))
      extra.text("workplace_type", "onsite");
  }
}

void read_offer(const jsonld_graph& graph, json_value posting, raw_posting& raw,
                extra_writer& extra) {
  auto stated = read_pay(graph, posting, "baseSalary");
  if (!stated.empty()) {
    auto& first = stated.front();
    raw.salary_min = first.min;
    raw.salary_max = first.max;
    raw.salary_currency = first.currency;
    raw.salary_period = first.period;
    raw.salary = first.text;
  }
  auto ranges = [](const std::vector<stated_pay>& pays) {
    std::vector<std::string> items;
    for (const auto& pay : pays)
      items.push_back(
          pay_range_json(pay.min, pay.max, pay.currency, pay.period));
    return array_json(items);
  };
  if (stated.size() > 1)
    extra.raw("salary_ranges", ranges(stated));
  // An occupation's estimate is nobody's offer (schema.org estimatedSalary).
  extra.raw("salary_predicted",
            ranges(read_pay(graph, posting, "estimatedSalary")));
}

/// Months of experience from OccupationalExperienceRequirements, else words.
void read_experience(const jsonld_graph& graph, json_value posting,
                     extra_writer& extra) {
  for (auto value : graph.all(posting, "experienceRequirements")) {
    auto months = graph.text(value, "monthsOfExperience");
    if (auto amount = read_amount(months)) {
      extra.number("experience_months", amount->value);
      return;
    }
  }
  extra.text("experience_requirements",
             stated_text(graph.text(posting, "experienceRequirements")));
}

void read_rest(const jsonld_graph& graph, json_value posting,
               extra_writer& extra) {
  static constexpr std::pair<std::string_view, std::string_view> texts[] = {
      {"validThrough", "valid_through"}, {"dateModified", "updated"},
      {"inLanguage", "language"},        {"workHours", "work_hours"},
      {"industry", "industry"},          {"occupationalCategory", "occupation"},
      {"jobStartDate", "start_date"},    {"totalJobOpenings", "openings"},
  };
  for (auto [member, name] : texts)
    extra.text(name, joined(texts_of(graph, posting, member)));
  static constexpr std::pair<std::string_view, std::string_view> markup[] = {
      {"responsibilities", "responsibilities"},
      {"qualifications", "qualifications"},
      {"jobBenefits", "benefits"},
      {"incentiveCompensation", "incentives"},
      {"educationRequirements", "education_requirements"},
  };
  for (auto [member, name] : markup)
    extra.text(name, restore_markup(graph.text(posting, member)));
  extra.texts("skills", words_of(graph, posting, "skills"));
  extra.flag("direct_apply", flag_at(posting, {"directApply"}));
  read_experience(graph, posting, extra);
}

/// The description, else the parts that some sites write in its stead.
std::string read_description(const jsonld_graph& graph, json_value posting) {
  auto description = restore_markup(graph.text(posting, "description"));
  if (!description.empty())
    return description;
  for (auto name : {"responsibilities", "qualifications", "jobBenefits"})
    if (auto part = restore_markup(graph.text(posting, name)); !part.empty())
      description += "<div>" + part + "</div>";
  return description;
}

} // namespace

std::string restore_markup(std::string description) {
  for (int escaped = 0; escaped < 2 && !has_tags(description, "<"); ++escaped) {
    if (!has_tags(description, "&lt;") && !has_tags(description, "&amp;lt;"))
      break;
    description = text::decode_entities(description);
  }
  if (!contains(description, "\n")) {
    replace_all(description, "\\r\\n", "\n");
    replace_all(description, "\\n", "\n");
  }
  return description;
}

expected<raw_posting> read_jsonld_posting(const jsonld_graph& graph,
                                          json_value posting,
                                          const std::string& page_url) {
  raw_posting raw;
  raw.source = "jsonld";
  raw.title = stated_text(graph.text(posting, "title"));
  if (raw.title.empty())
    raw.title = stated_text(graph.text(posting, "name"));
  if (raw.title.empty())
    return fail(errc::bad_payload, "JobPosting without a title");
  if (is_template_text(raw.title))
    return fail(errc::bad_payload, "JobPosting with template text for a title");
  raw.source_id = read_identifier(graph, posting);
  raw.url = read_url(graph, posting, "url", page_url);
  raw.posted = stated_text(graph.text(posting, "datePosted"));
  raw.description_html = read_description(graph, posting);
  raw.employment_type = joined(texts_of(graph, posting, "employmentType"));
  extra_writer extra;
  read_employer(graph, posting, raw);
  read_location(graph, posting, raw, extra);
  read_offer(graph, posting, raw, extra);
  read_rest(graph, posting, extra);
  raw.extra = extra.finish();
  return raw;
}

} // namespace jobfarm::sources
