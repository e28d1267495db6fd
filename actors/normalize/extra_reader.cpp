#include "actors/normalize/extra_reader.hpp"

#include "actors/normalize/pay_period.hpp"
#include "actors/normalize/word_list.hpp"
#include "messages/json_writer.hpp"

#include <simdjson.h>

#include <algorithm>
#include <initializer_list>
#include <iterator>
#include <utility>

namespace jobfarm::normalize {

namespace {

namespace dom = simdjson::dom;

std::string text_at(dom::object object, std::string_view name) {
  std::string_view text;
  return object[name].get(text) == simdjson::SUCCESS ? std::string{text} : "";
}

/// The first text that is given under one of several names.
std::string text_at(dom::object object,
                    std::initializer_list<std::string_view> names) {
  for (auto name : names)
    if (auto text = text_at(object, name); !text.empty())
      return text;
  return {};
}

std::optional<double> number_at(dom::object object, std::string_view name) {
  double number = 0;
  return object[name].get(number) == simdjson::SUCCESS ? std::optional{number}
                                                       : std::nullopt;
}

template <class Take>
void for_each_object(dom::object object, std::string_view name, Take take) {
  dom::array items;
  if (object[name].get(items) != simdjson::SUCCESS)
    return;
  for (auto item : items) {
    dom::object one;
    if (item.get(one) == simdjson::SUCCESS)
      take(one);
  }
}

std::vector<std::string> texts_at(dom::object object, std::string_view name) {
  std::vector<std::string> texts;
  dom::array items;
  if (object[name].get(items) == simdjson::SUCCESS) {
    for (auto item : items)
      if (std::string_view text; item.get(text) == simdjson::SUCCESS)
        texts.emplace_back(text);
  } else if (auto one = text_at(object, name); !one.empty()) {
    texts.push_back(std::move(one));
  }
  return texts;
}

/// The members that boards write the workplace in, the surest first.
constexpr std::string_view workplace_names[] = {
    "workplace_type", "workplaceType",    "workplace",      "location_type",
    "locationType",   "jobLocationType",  "work_mode",      "workMode",
    "working_model",  "workingModel",     "remote_type",    "remoteType",
    "remote_status",  "work_arrangement", "workArrangement"};

constexpr std::string_view remote_flags[] = {"isRemote", "is_remote", "remote",
                                             "telecommuting"};

template <std::size_t N>
std::size_t rank_of(std::string_view name, const std::string_view (&names)[N]) {
  return static_cast<std::size_t>(
      std::find(std::begin(names), std::end(names), name) - std::begin(names));
}

/// The other members that are read.
constexpr listed_word other_names[] = {"requisition_id",
                                       "seniority",
                                       "remote_scope",
                                       "experience_months",
                                       "experience_requirements",
                                       "qualifications",
                                       "skills",
                                       "country",
                                       "language",
                                       "salary_ranges",
                                       "addresses"};

bool has_other(dom::object object) {
  for (auto [name, value] : object)
    if (is_listed(name, other_names))
      return true;
  return false;
}

/// The members that findings are written as.
constexpr listed_word finding_names[] = {
    "salary_ranges",   "salary_period_given",
    "salary_rejected", "visa_sentence",
    "soc_code",        "isco_code"};

/// How many bytes a text, or a list of texts, has when it is written without
/// escapes; nothing for other values.
std::optional<std::size_t> written_size(dom::element value) {
  std::string_view text;
  if (value.get(text) == simdjson::SUCCESS)
    return text.size() + 2;
  dom::array items;
  if (value.get(items) != simdjson::SUCCESS)
    return std::nullopt;
  // Brackets, and a comma behind each item but the last.
  auto size = std::max<std::size_t>(items.size(), 1) + 1;
  for (auto item : items) {
    if (item.get(text) != simdjson::SUCCESS)
      return std::nullopt;
    size += text.size() + 2;
  }
  return size;
}

/// `extra_fields::is_plain`: no byte of `text` is a blank between its parts or
/// escapes another.
bool is_plain(dom::object object, std::string_view text) {
  auto size = std::max<std::size_t>(object.size(), 1) + 1;
  for (auto [name, value] : object) {
    auto written = written_size(value);
    if (!written || is_listed(name, finding_names))
      return false;
    size += name.size() + 3 + *written;
  }
  return size == text.size() && text.find('\\') == text.npos;
}

/// One pass over the members, for most have none of so many names.
void read_workplace(dom::object object, extra_fields& fields) {
  auto best = std::size(workplace_names);
  auto may_be_one = [](std::string_view name) {
    auto initial = name.empty() ? ' ' : name[0];
    return initial == 'w' || initial == 'l' || initial == 'r' || initial == 'j'
           || initial == 'i' || initial == 't';
  };
  for (auto [name, value] : object) {
    std::string_view text;
    if (!may_be_one(name))
      continue;
    if (bool flag = false; value.get(flag) == simdjson::SUCCESS) {
      if (rank_of(name, remote_flags) < std::size(remote_flags))
        fields.is_remote = flag;
    } else if (value.get(text) == simdjson::SUCCESS && !text.empty()) {
      auto rank = rank_of(name, workplace_names);
      if (rank >= best)
        continue;
      best = rank;
      fields.workplace_type = std::string{text};
    }
  }
}

/// Parses into a parser of this thread; the object lives until the next call.
bool parse_object(const json_text& extra, dom::object& object) {
  thread_local dom::parser parser;
  dom::element root;
  return !extra.empty()
         && parser.parse(extra.text).get(root) == simdjson::SUCCESS
         && root.get(object) == simdjson::SUCCESS;
}

void append_bound(json::object_writer& out, std::string_view name,
                  const std::optional<double>& bound) {
  bound ? void(out.member(name, *bound)) : void(out.null(name));
}

bool has_control(std::string_view text) {
  return std::any_of(text.begin(), text.end(), [](char c) {
    return static_cast<unsigned char>(c) < 0x20 || c == 0x7F;
  });
}

/// Appends a value without blanks; texts, as most are, by our own writer where
/// it escapes what the other does.
void append_value(std::string& out, dom::element value) {
  std::string_view text;
  dom::array items;
  if (value.get(text) == simdjson::SUCCESS && !has_control(text)) {
    json::append_string(out, text);
  } else if (value.get(items) == simdjson::SUCCESS) {
    out += '[';
    for (auto item : items) {
      append_value(out, item);
      out += ',';
    }
    items.size() == 0 ? out.push_back(']') : void(out.back() = ']');
  } else {
    out += simdjson::minify(value);
  }
}

std::string ranges_json(const std::vector<pay_range>& ranges) {
  std::string text = "[";
  for (const auto& one : ranges) {
    if (text.size() > 1)
      text += ',';
    json::object_writer object(text);
    append_bound(object, "min", one.min);
    append_bound(object, "max", one.max);
    object.member("currency", one.currency).member("period", one.period);
    if (!one.period_given.empty())
      object.member("period_given", one.period_given);
    if (!one.label.empty())
      object.member("label", one.label);
    if (one.is_total)
      object.member("kind", "total");
    object.close();
  }
  return text + ']';
}

} // namespace

extra_fields read_extra(const json_text& extra) {
  extra_fields fields;
  dom::object object;
  fields.is_object = parse_object(extra, object);
  if (!fields.is_object)
    return fields;
  fields.is_plain = is_plain(object, extra.text);
  read_workplace(object, fields);
  if (!has_other(object))
    return fields;
  fields.requisition_id = text_at(object, "requisition_id");
  fields.seniority = text_at(object, "seniority");
  fields.remote_scope = texts_at(object, "remote_scope");
  fields.experience_months = number_at(object, "experience_months");
  fields.experience_requirements =
      text_at(object, {"experience_requirements", "qualifications"});
  fields.skills = texts_at(object, "skills");
  if (auto country = text_at(object, "country"); country.size() == 2)
    fields.country = std::move(country);
  auto language = text_at(object, "language");
  fields.language = language.size() <= 8 ? language : "";
  for_each_object(object, "salary_ranges", [&](dom::object one) {
    fields.salary_ranges.push_back(
        {number_at(one, "min"), number_at(one, "max"), text_at(one, "currency"),
         text_at(one, "period"), text_at(one, "label")});
  });
  for_each_object(object, "addresses", [&](dom::object one) {
    fields.addresses.push_back({text_at(one, "city"), text_at(one, "region"),
                                text_at(one, "country")});
  });
  return fields;
}

json_text write_extra(json_text extra, const extra_fields& fields,
                      const extra_findings& found) {
  constexpr std::size_t usual_findings = 160; // bytes
  const auto& pay = found.pay;
  auto soc = found.family ? found.family->soc : std::string_view{};
  auto isco = found.family ? found.family->isco : std::string_view{};
  const std::pair<std::string_view, std::string_view> texts[] = {
      {"salary_period_given", pay.range.period_given},
      {"salary_rejected", pay.rejected},
      {"visa_sentence", found.visa_sentence},
      {"soc_code", soc},
      {"isco_code", isco}};
  auto has_text = [](const auto& one) { return !one.second.empty(); };
  if (pay.all.empty()
      && std::none_of(std::begin(texts), std::end(texts), has_text))
    return fields.is_object ? std::move(extra) : json_text{};
  auto is_replaced = [&](std::string_view name) {
    return name == "salary_ranges"
               ? !pay.all.empty()
               : std::any_of(std::begin(texts), std::end(texts),
                             [&](const auto& one) {
                               return one.first == name && has_text(one);
                             });
  };
  json_text written;
  if (fields.is_plain)
    written = std::move(extra);
  else
    written.text = "{}";
  auto out = json::object_writer::behind(written.text);
  written.text.reserve(written.text.size() + usual_findings);
  dom::object object;
  if (!fields.is_plain && fields.is_object && parse_object(extra, object))
    for (auto [name, value] : object)
      if (!is_replaced(name))
        append_value(out.name(name), value);
  if (!pay.all.empty())
    out.raw("salary_ranges", ranges_json(pay.all));
  for (const auto& one : texts)
    if (has_text(one))
      out.member(one.first, one.second);
  out.close();
  return written;
}

} // namespace jobfarm::normalize
