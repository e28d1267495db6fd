#include "actors/sources/jsonld_site.hpp"

#include "actors/sources/ascii.hpp"
#include "actors/sources/page_common.hpp"
#include "actors/sources/sitemap.hpp"
#include "actors/sources/wall.hpp"
#include "actors/text/url.hpp"

#include <algorithm>
#include <set>
#include <utility>

namespace jobfarm::sources {

namespace {

constexpr std::int32_t most_levels = 3;
constexpr std::size_t most_sitemaps = 20;
constexpr std::size_t most_pages = 5000;
// What the protocol allows one file to list.
constexpr std::size_t most_listed = 50'000;

/// Host without port and "www".
std::string site_of(std::string_view url) {
  auto host = text::authority_of(url);
  host = host.substr(
      0, host.find(':', host.find(']') == host.npos ? 0 : host.find(']')));
  return begins(host, "www.") ? host.substr(4) : host;
}

std::string_view without_query(std::string_view url) {
  return url.substr(0, url.find_first_of("?#"));
}

std::int32_t level_of(const parse_context& context) {
  return context.asked ? context.asked->page : 0;
}

page_request request_for(page_kind kind, std::string url, std::int32_t level) {
  page_request made;
  made.kind = kind;
  made.request.url = std::move(url);
  made.page = level;
  return made;
}

/// Plans sitemaps of the next level: those about jobs, if any says so.
void plan_level(std::vector<std::string> urls, std::int32_t level,
                parsed_page& page) {
  if (std::any_of(urls.begin(), urls.end(), is_job_sitemap))
    urls.erase(
        std::remove_if(urls.begin(), urls.end(),
                       [](const auto& one) { return !is_job_sitemap(one); }),
        urls.end());
  if (level > most_levels || urls.size() > most_sitemaps) {
    page.verdict = answer::partial;
    urls.resize(level > most_levels ? 0 : most_sitemaps);
  }
  for (auto& url : urls)
    page.next.push_back(request_for(page_kind::list, std::move(url), level));
}

/// Where the pages of a board may be.
class site_pages {
public:
  explicit site_pages(const parse_context& context)
      : site_(site_of(context.board)),
        is_one_sitemap_(is_sitemap_address(context.board)
                        || is_job_sitemap(asked_url(context))) {
    folder_ = without_query(context.board);
    while (!folder_.empty() && folder_.back() == '/')
      folder_.pop_back();
    folder_ += '/';
    has_folder_ = text::authority_of(folder_).size() + 1
                  < folder_.size() - folder_.find("//") - 2;
  }

  bool has(const std::string& url) const {
    if (!stays_on_site(site_, site_of(url)))
      return false;
    return is_one_sitemap_ || is_job_address(url)
           || (has_folder_ && begins(url, folder_)
               && url.size() > folder_.size());
  }

private:
  std::string site_;
  std::string folder_;
  /// The board is a part of its site.
  bool has_folder_ = false;
  /// All that the sitemap lists is meant.
  bool is_one_sitemap_;
};

std::vector<std::string> addresses_of(const sitemap& index) {
  std::vector<std::string> all;
  for (const auto& one : index.entries)
    all.push_back(one.address);
  return all;
}

void plan_pages(const sitemap& found, const parse_context& context,
                parsed_page& page) {
  site_pages pages(context);
  std::set<std::string_view> planned;
  for (const auto& [url, modified_at] : found.entries) {
    if (!pages.has(url) || url == context.board || !planned.insert(url).second)
      continue;
    if (page.next.size() == most_pages) {
      page.verdict = answer::partial;
      return;
    }
    page.next.push_back(request_for(page_kind::detail, url, level_of(context)));
    page.next.back().modified_at = modified_at;
  }
}

} // namespace

bool is_sitemap_address(std::string_view url) {
  auto path = ascii_lower(without_query(url));
  return ends(path, ".xml") || ends(path, ".xml.gz")
         || (contains(path, "sitemap") && ends(path, ".txt"));
}

page_request plan_site(const std::string& url) {
  return is_sitemap_address(url) ? request_for(page_kind::list, url, 1)
                                 : request_for(page_kind::detail, url, 0);
}

bool is_front_page(const parse_context& context) {
  return context.asked && context.asked->page == 0 && !context.asked->listed
         && context.asked->request.url == context.board;
}

bool is_found_page(const parse_context& context) {
  return context.asked && context.asked->page > 0
         && context.asked->kind == page_kind::detail;
}

bool plan_sitemaps(const parse_context& context, parsed_page& page) {
  std::vector<std::string> urls;
  for (const auto& one : context.sitemaps)
    if (auto url = text::resolve_url(context.board, one))
      urls.push_back(*std::move(url));
  if (urls.empty())
    return false;
  plan_level(std::move(urls), 1, page);
  return true;
}

expected<parsed_page> parse_sitemap(std::string_view bytes,
                                    const parse_context& context) {
  auto is_text = ends(ascii_lower(without_query(asked_url(context))), ".txt");
  auto found = read_sitemap(bytes, is_text, most_listed);
  if (!found)
    return fail(found.error().code, "parse sitemap of " + context.board + ": "
                                        + found.error().detail);
  parsed_page page;
  if (found->is_cut)
    page.verdict = answer::partial;
  if (found->is_index)
    plan_level(addresses_of(*found), level_of(context) + 1, page);
  else
    plan_pages(*found, context, page);
  if (page.next.empty() && page.verdict == answer::ok)
    page.verdict = answer::empty;
  return page;
}

} // namespace jobfarm::sources
