#include "actors/sources/linkedin_page.hpp"

#include "actors/sources/ascii.hpp"
#include "actors/sources/extra_writer.hpp"
#include "actors/sources/tag_reader.hpp"
#include "actors/text/percent.hpp"

#include <utility>

namespace jobfarm::sources {

namespace {

constexpr std::string_view urn = "urn:li:jobPosting:";
// Descriptions are limited by the site to a part of this.
constexpr std::size_t max_description_bytes = 512 * 1024;
// Each is read for some kilobytes; the site shows four.
constexpr std::size_t max_criteria = 16;

std::string digits_of(std::string_view text) {
  auto end = std::min(text.find_first_not_of("0123456789"), text.size());
  return std::string{text.substr(0, end)};
}

/// The number of a posting in an urn, or empty.
std::string number_of_urn(std::string_view value) {
  auto pos = value.find(urn);
  return pos == value.npos ? std::string{}
                           : digits_of(value.substr(pos + urn.size()));
}

void set_once(std::string& field, std::string value) {
  if (field.empty())
    field = std::move(value);
}

/// Reads the value only where it is wanted.
template <class Read>
auto set_once(std::string& field, Read read) -> decltype(void(read())) {
  if (field.empty())
    field = read();
}

/// A card while its tags go by.
struct open_card {
  raw_posting raw;
  std::string relative;
  std::string benefit;
};

/// Fills a card from one tag. Class names carry variants as suffixes
/// (`listdate--new`), so the date goes by prefix.
void note_tag(std::string_view html, const page_tag& tag, open_card& card) {
  auto text = [&] { return one_line(inner_html(html, tag)); };
  auto& raw = card.raw;
  if (has_class(tag, "base-search-card__title"))
    raw.title = text();
  else if (has_class(tag, "sr-only"))
    set_once(raw.title, text);
  else if (has_class(tag, "base-search-card__subtitle"))
    set_once(raw.company, text);
  else if (has_class(tag, "job-search-card__location"))
    set_once(raw.location, text);
  else if (has_class(tag, "job-search-card__salary-info"))
    set_once(raw.salary, text);
  else if (has_class(tag, "job-posting-benefits__text"))
    set_once(card.benefit, text);
  else if (has_class(tag, "job-search-card__listdate", true)) {
    set_once(raw.posted, attribute(tag, "datetime").value_or(""));
    set_once(card.relative, text);
  }
}

void finish_card(open_card card, linkedin_cards& cards) {
  auto& raw = card.raw;
  if (raw.source_id.empty() || raw.title.empty()) {
    ++cards.unreadable;
    return;
  }
  extra_writer extra;
  extra.text("posted_relative", card.relative);
  extra.text("note", card.benefit);
  raw.extra = extra.finish();
  set_once(raw.posted, card.relative);
  raw.source = "linkedin";
  raw.url = "https://www.linkedin.com/jobs/view/" + raw.source_id;
  cards.postings.push_back(std::move(raw));
}

/// What a criterion is, by its English label.
std::string_view criterion_of(const std::string& label) {
  static constexpr std::pair<std::string_view, std::string_view> labels[] = {
      {"seniority", "seniority"},
      {"employment", "employment_type"},
      {"function", "function"},
      {"industr", "industries"}};
  auto words = ascii_lower(label);
  for (auto [part, name] : labels)
    if (contains(words, part))
      return name;
  return {};
}

struct criterion {
  std::string label;
  std::string value;
};

/// Labels are localised and any may be missing: the order tells what they are
/// only where all four are there.
void note_criteria(const std::vector<criterion>& criteria, raw_posting& raw,
                   extra_writer& extra) {
  static constexpr std::string_view order[] = {"seniority", "employment_type",
                                               "function", "industries"};
  for (std::size_t i = 0; i < criteria.size(); ++i) {
    auto name = criterion_of(criteria[i].label);
    if (name.empty() && criteria.size() == std::size(order))
      name = order[i];
    if (name == "employment_type")
      raw.employment_type = criteria[i].value;
    else if (!name.empty())
      extra.text(name, criteria[i].value);
  }
}

criterion read_criterion(std::string_view item) {
  criterion result;
  tag_reader tags{item};
  while (auto tag = tags.next()) {
    if (tag->is_end)
      continue;
    if (has_class(*tag, "description__job-criteria-subheader"))
      result.label = one_line(inner_html(item, *tag));
    else if (has_class(*tag, "description__job-criteria-text", true))
      result.value = one_line(inner_html(item, *tag));
  }
  return result;
}

/// `<code id="applyUrl"><!--"https://...?url=https%3A%2F%2F..."--></code>`
std::string read_apply_url(std::string_view inside) {
  auto url = inside.find("url=");
  if (url == inside.npos)
    return {};
  auto rest = inside.substr(url + 4);
  auto target =
      text::percent_decoded(rest.substr(0, rest.find_first_of("&\"'")));
  return begins(target, "http") ? target : std::string{};
}

/// What a job page said so far.
struct open_job {
  raw_posting raw;
  std::vector<criterion> criteria;
  std::string applicants;
};

/// Values for scripts stand in comments inside `code` elements.
void note_code(const std::string& id, std::string_view inside,
               raw_posting& raw) {
  if (id == "applyUrl") {
    set_once(raw.application_url, read_apply_url(inside));
  } else if (id == "decoratedJobPostingId") {
    auto first = std::min(inside.find_first_of("0123456789"), inside.size());
    set_once(raw.source_id, digits_of(inside.substr(first)));
  }
}

void note_job_tag(std::string_view html, const page_tag& tag, open_job& job) {
  auto text = [&] { return one_line(inner_html(html, tag)); };
  auto& raw = job.raw;
  if (auto semaphore = attribute(tag, "data-semaphore-content-urn"))
    set_once(raw.source_id, number_of_urn(*semaphore));
  if (tag.name == "code")
    note_code(attribute(tag, "id").value_or(""), inner_html(html, tag), raw);
  if (has_class(tag, "topcard__title")
      || has_class(tag, "top-card-layout__title"))
    set_once(raw.title, text);
  else if (has_class(tag, "topcard__org-name-link"))
    set_once(raw.company, text);
  else if (has_class(tag, "topcard__flavor--bullet"))
    set_once(raw.location, text);
  else if (has_class(tag, "posted-time-ago__text", true))
    set_once(raw.posted, text);
  else if (has_class(tag, "salary", true)
           || has_class(tag, "compensation__salary"))
    set_once(raw.salary, text);
  else if (has_class(tag, "num-applicants__caption", true))
    set_once(job.applicants, text);
  else if (has_class(tag, "show-more-less-html__markup"))
    set_once(raw.description_html, [&] {
      return std::string{inner_html(html, tag, max_description_bytes)};
    });
  else if (job.criteria.size() < max_criteria
           && has_class(tag, "description__job-criteria-item"))
    job.criteria.push_back(read_criterion(inner_html(html, tag)));
}

} // namespace

linkedin_cards read_linkedin_cards(std::string_view html) {
  linkedin_cards cards;
  std::optional<open_card> card;
  tag_reader tags{html};
  while (auto tag = tags.next()) {
    if (tag->is_end)
      continue;
    auto id = number_of_urn(attribute(*tag, "data-entity-urn").value_or(""));
    if (!id.empty()) {
      if (card)
        finish_card(std::move(*card), cards);
      card.emplace();
      card->raw.source_id = std::move(id);
    } else if (card) {
      note_tag(html, *tag, *card);
    }
  }
  if (card)
    finish_card(std::move(*card), cards);
  return cards;
}

std::optional<raw_posting> read_linkedin_job(std::string_view html) {
  open_job job;
  tag_reader tags{html};
  while (auto tag = tags.next())
    if (!tag->is_end)
      note_job_tag(html, *tag, job);
  if (job.raw.title.empty())
    return std::nullopt;
  extra_writer extra;
  note_criteria(job.criteria, job.raw, extra);
  extra.text("posted_relative", job.raw.posted);
  extra.text("applicants", job.applicants);
  job.raw.extra = extra.finish();
  job.raw.source = "linkedin";
  if (!job.raw.source_id.empty())
    job.raw.url = "https://www.linkedin.com/jobs/view/" + job.raw.source_id;
  return std::move(job.raw);
}

bool is_linkedin_job_closed(std::string_view html) {
  tag_reader tags{html};
  while (auto tag = tags.next())
    if (!tag->is_end && has_class(*tag, "closed-job", true))
      return true;
  return false;
}

} // namespace jobfarm::sources
