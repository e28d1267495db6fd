#include "actors/sources/sitemap.hpp"

#include "actors/sources/ascii.hpp"
#include "actors/sources/gunzip.hpp"
#include "actors/sources/tag_reader.hpp"
#include "actors/text/entities.hpp"
#include "actors/text/url.hpp"

#include <algorithm>
#include <iterator>

namespace jobfarm::sources {

namespace {

// RFC 3986 knows no limit; the protocol has 2,048.
constexpr std::size_t most_address_bytes = 2048;

bool is_web_address(std::string_view url) {
  return begins(url, "http://") || begins(url, "https://");
}

/// Adds an address; false if no more are wanted.
bool add(sitemap& to, std::string_view text, std::size_t most) {
  if (to.entries.size() == most) {
    to.is_cut = true;
    return false;
  }
  auto url = text::decode_entities(ascii_trim(text));
  if (is_web_address(url) && url.size() <= most_address_bytes)
    to.entries.push_back({std::move(url), {}});
  return true;
}

/// W3C's date and time, which the protocol takes, is no longer than this.
constexpr std::size_t most_date_bytes = 40;

/// A `lastmod` belongs to the address before it.
void add_date(sitemap& to, std::string_view text) {
  auto date = ascii_trim(text);
  auto is_word = std::all_of(date.begin(), date.end(),
                             [](char c) { return c > ' ' && c < '\x7f'; });
  if (!to.entries.empty() && is_word && date.size() <= most_date_bytes)
    to.entries.back().modified_at = date;
}

/// The text of the element that a tag begins: up to the next tag, or of its
/// CDATA, behind which the reader goes on.
std::string_view element_text(std::string_view xml, const page_tag& tag,
                              tag_reader& tags) {
  constexpr std::string_view opening = "<![CDATA[";
  auto text = xml.substr(tag.end);
  auto begin = text.find_first_not_of(" \t\r\n");
  if (begin != text.npos && begins(text.substr(begin), opening)) {
    begin += opening.size();
    auto end = std::min(text.find("]]>", begin), text.size());
    tags.skip_to(tag.end + end);
    return text.substr(begin, end - begin);
  }
  return text.substr(0, std::min(text.find('<'), text.size()));
}

expected<sitemap> read_xml(std::string_view xml, std::size_t most) {
  tag_reader tags{xml};
  auto root = tags.next();
  auto name = root ? root->name : std::string{};
  // "sm:urlset": its entries have the same prefix, others are images' own.
  auto prefix = name.substr(0, name.rfind(':') + 1);
  auto local = name.substr(prefix.size());
  if (local != "urlset" && local != "sitemapindex")
    return fail(errc::schema_changed, "read sitemap: none");
  sitemap made;
  made.is_index = local == "sitemapindex";
  made.is_cut = true;
  while (auto tag = tags.next()) {
    if (tag->is_end && tag->name == name) {
      made.is_cut = false;
      break;
    }
    if (tag->is_end)
      continue;
    if (tag->name == prefix + "lastmod")
      add_date(made, element_text(xml, *tag, tags));
    else if (tag->name == prefix + "loc"
             && !add(made, element_text(xml, *tag, tags), most))
      break;
  }
  return made;
}

sitemap read_text(std::string_view text, std::size_t most) {
  sitemap made;
  while (!text.empty()) {
    auto end = std::min(text.find('\n'), text.size());
    auto line = text.substr(0, end);
    text.remove_prefix(std::min(end + 1, text.size()));
    if (!ascii_trim(line).empty() && !add(made, line, most))
      break;
  }
  return made;
}

/// What folders of job pages are called.
constexpr std::string_view job_words[] = {"job",
                                          "jobs",
                                          "career",
                                          "careers",
                                          "position",
                                          "positions",
                                          "vacancy",
                                          "vacancies",
                                          "opening",
                                          "openings",
                                          "opportunity",
                                          "opportunities",
                                          "posting",
                                          "postings",
                                          "recruiting",
                                          "recruitment",
                                          "joblisting",
                                          "joblistings",
                                          "jobdetail",
                                          "jobdetails",
                                          "jobposting",
                                          "jobpostings",
                                          "viewjob",
                                          "requisition",
                                          "stelle",
                                          "stellen",
                                          "stellenangebot",
                                          "stellenangebote",
                                          "stellenanzeige",
                                          "karriere",
                                          "emploi",
                                          "emplois",
                                          "offre",
                                          "offres",
                                          "empleo",
                                          "empleos",
                                          "vacante",
                                          "vacantes",
                                          "vaga",
                                          "vagas",
                                          "vacature",
                                          "vacatures",
                                          "lavoro",
                                          "carriere",
                                          "praca",
                                          "jobb",
                                          "stillinger",
                                          "rekrutacja"};

bool is_job_word(std::string_view word) {
  return std::find(std::begin(job_words), std::end(job_words), word)
         != std::end(job_words);
}

/// The path without query, lower case.
std::string lower_path(std::string_view url) {
  auto host = url.find("//");
  auto slash = url.find('/', host == url.npos ? 0 : host + 2);
  if (slash == url.npos)
    return {};
  auto path = url.substr(slash);
  return ascii_lower(path.substr(0, path.find_first_of("?#")));
}

} // namespace

expected<sitemap> read_sitemap(std::string_view bytes, bool is_text,
                               std::size_t most_addresses) {
  std::string inflated;
  if (is_gzip(bytes)) {
    auto read = gunzip(bytes, most_sitemap_bytes);
    if (!read)
      return read.error();
    inflated = *std::move(read);
    bytes = inflated;
  }
  if (begins(bytes, "\xEF\xBB\xBF"))
    bytes.remove_prefix(3);
  if (is_text && !begins(ascii_trim(bytes.substr(0, 4096)), "<"))
    return read_text(bytes, most_addresses);
  return read_xml(bytes, most_addresses);
}

bool is_job_address(std::string_view url) {
  auto path = lower_path(url);
  auto host = text::authority_of(url);
  if (path.size() > 1 && is_job_word(host.substr(0, host.find('.'))))
    return true;
  auto has_query = contains(url, "?");
  for (std::string_view rest = path; !rest.empty();) {
    rest.remove_prefix(1);
    auto end = std::min(rest.find('/'), rest.size());
    auto segment = rest.substr(0, end);
    auto word = segment.substr(0, segment.find_first_of("-_.:"));
    rest.remove_prefix(end);
    // "/careers" alone is the list; "/careers/x", "/job-12", "/job?id=1" are
    // pages.
    auto is_page = rest.size() > 1 || word.size() < segment.size() || has_query;
    if (is_page && is_job_word(word))
      return true;
  }
  return false;
}

bool is_job_sitemap(std::string_view url) {
  auto path = lower_path(url);
  for (std::size_t at = 0; at < path.size();) {
    auto end = std::min(path.find_first_of("/-_.0123456789", at), path.size());
    if (is_job_word(std::string_view{path}.substr(at, end - at)))
      return true;
    at = end + 1;
  }
  return false;
}

} // namespace jobfarm::sources
