#include "actors/sources/ascii.hpp"
#include "actors/sources/jsonld_choice.hpp"
#include "actors/sources/jsonld_extract.hpp"
#include "actors/sources/jsonld_graph.hpp"
#include "actors/sources/jsonld_posting.hpp"
#include "actors/sources/jsonld_site.hpp"
#include "actors/sources/page_common.hpp"
#include "actors/sources/page_sources.hpp"
#include "actors/sources/page_text.hpp"
#include "actors/sources/wall.hpp"
#include "actors/text/url.hpp"
#include "actors/text/utf8.hpp"
#include "messages/json.hpp"

#include <algorithm>
#include <map>
#include <set>
#include <utility>

namespace jobfarm::sources {

namespace {

expected<std::vector<page_request>> plan(const plan_context& context) {
  auto url = text::canonical_url(context.board.token);
  if (!url)
    return fail(errc::invalid_input,
                "plan jsonld " + context.board.token + ": not a page's URL");
  return std::vector<page_request>{plan_site(context.board.token)};
}

/// `url` made absolute and canonical; empty if it cannot be.
std::string absolute(const std::string& base, const std::string& url) {
  if (url.empty())
    return {};
  if (!base.empty())
    if (auto resolved = text::resolve_url(base, url))
      return text::canonical_url(*resolved) ? *text::canonical_url(*resolved)
                                            : std::string{};
  auto canonical = text::canonical_url(url);
  return canonical ? *canonical : std::string{};
}

/// True for an address of a whole site: its canonical link names no page.
bool is_root(const std::string& url) {
  auto path = url.find('/', url.find("//") + 2);
  return path == std::string::npos || path + 1 == url.size();
}

/// The page's own address: its canonical link, else what was asked for.
std::string page_address(const page_facts& facts, const std::string& asked) {
  for (const auto& stated : {facts.canonical, facts.og_url})
    if (auto url = absolute(asked, stated); !url.empty() && !is_root(url))
      return url;
  return absolute({}, asked);
}

page_identity identify(const page_facts& facts, const std::string& asked) {
  page_identity page;
  for (const auto& url : {absolute({}, asked), absolute(asked, facts.canonical),
                          absolute(asked, facts.og_url)})
    if (!url.empty() && !is_root(url))
      page.addresses.push_back(url);
  for (const auto& title : {facts.heading, facts.title, facts.og_title})
    if (!title.empty())
      page.titles.push_back(title);
  return page;
}

rejection reject(const parse_context& context, const raw_posting& raw,
                 std::string reason) {
  rejection why;
  why.source = "jsonld";
  why.source_id = raw.source_id;
  why.board = context.board;
  why.url = raw.url.empty() ? context.url : raw.url;
  why.reason = std::move(reason);
  return why;
}

/// A job page knows its address better than its template does: the canonical
/// link wins, unless the posting's is a page below it or of another site.
void settle_own_url(raw_posting& raw, const std::string& address) {
  if (address.empty() || raw.url == address)
    return;
  if (raw.url.empty()) {
    raw.url = address;
  } else if (text::authority_of(raw.url) != text::authority_of(address)) {
    raw.application_url = std::exchange(raw.url, address);
  } else if (!begins(raw.url, address + '/')) {
    raw.url = address;
  }
}

/// "https://site/jobs#senior-engineer-berlin" for a posting of a list that
/// has neither id nor address of its own.
std::string fragment_of(const raw_posting& raw) {
  std::string slug;
  for (char c :
       text::fold(raw.title + ' ' + raw.company + ' ' + raw.location)) {
    bool is_word =
        (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || (c & 0x80) != 0;
    if (is_word)
      slug += c;
    else if (!slug.empty() && slug.back() != '-')
      slug += '-';
  }
  if (!slug.empty() && slug.back() == '-')
    slug.pop_back();
  return slug;
}

/// Gives each posting an id of its own. Some sites write one identifier into
/// all postings, or the place in the list: an id that repeats is none. Without
/// an address either, the words that name the job must do.
void settle_ids(std::vector<raw_posting>& postings,
                const std::string& address) {
  std::map<std::string, int> ids;
  std::map<std::string, int> urls;
  for (auto& raw : postings) {
    if (raw.url.empty())
      raw.url = address;
    ++ids[raw.source_id];
    ++urls[raw.url];
  }
  for (auto& raw : postings) {
    bool is_position = postings.size() > 1 && raw.source_id.size() < 4;
    if (!raw.source_id.empty() && ids[raw.source_id] == 1 && !is_position)
      continue;
    raw.source_id = raw.url;
    if (raw.url.empty())
      raw.source_id = fragment_of(raw);
    else if (urls[raw.url] > 1)
      raw.source_id += '#' + fragment_of(raw);
  }
}

/// Reads every JobPosting; those that cannot be shown go to the rejections.
/// Returns whether any of the postings is an item of a list.
bool read_postings(const jsonld_graph& graph, const std::string& address,
                   const parse_context& context, parsed_page& page) {
  bool is_listed = false;
  std::set<std::string> seen; // some pages carry their block twice
  for (const auto& node : graph.postings()) {
    is_listed = is_listed || node.is_listed;
    auto raw = read_jsonld_posting(graph, node.value, address);
    if (!raw)
      reject_unreadable("jsonld", context, {}, raw.error().detail, page);
    else if (seen.insert(to_json(*raw)).second)
      page.postings.push_back(std::move(*raw));
  }
  return is_listed;
}

/// Leaves only the posting the page is about, if it is about one, and settles
/// its address.
void choose(parsed_page& page, const page_facts& facts, bool is_listed,
            const parse_context& context) {
  auto main = is_listed ? std::nullopt
                        : find_main_posting(page.postings,
                                            identify(facts, context.url));
  bool is_single = page.postings.size() == 1;
  page.kind =
      main || (is_single && !is_listed) ? page_kind::detail : page_kind::list;
  if (!main)
    return;
  auto own = std::move(page.postings[*main]);
  for (std::size_t i = 0; i < page.postings.size(); ++i)
    if (i != *main)
      page.rejections.push_back(
          reject(context, page.postings[i], "another job shown on this page"));
  settle_own_url(own, page_address(facts, context.url));
  page.postings.clear();
  page.postings.push_back(std::move(own));
}

failure why_none(std::string_view payload, const jsonld_page& page,
                 const jsonld_graph& graph) {
  if (auto wall = judge_body(payload))
    return *wall;
  bool cut_off = std::any_of(page.blocks.begin(), page.blocks.end(),
                             [](const auto& one) { return one.is_cut_off; });
  if (!graph.problems().empty())
    return fail(errc::bad_payload, "parse page: " + graph.problems().front());
  if (cut_off || ascii_trim(payload).empty())
    return fail(errc::bad_payload, "parse page: empty or cut off");
  return fail(errc::schema_changed, "parse page: no JobPosting found");
}

} // namespace

expected<parsed_page> parse_jsonld_page(std::string_view bytes,
                                        const parse_context& context) {
  auto payload = page_text(bytes, context.content_type);
  auto found = extract_jsonld(payload);
  jsonld_graph graph{found.blocks};
  if (graph.postings().empty())
    return why_none(payload, found, graph);
  parsed_page page;
  auto address = page_address(found.facts, context.url);
  bool is_listed = read_postings(graph, address, context, page);
  if (page.postings.empty())
    return fail(errc::bad_payload,
                "parse page: " + page.rejections.front().reason);
  choose(page, found.facts, is_listed, context);
  settle_ids(page.postings, address);
  for (auto& raw : page.postings) {
    raw.board =
        context.board.empty() ? text::authority_of(raw.url) : context.board;
    raw.fetched_at = context.fetched_at;
    if (raw.company.empty())
      raw.company = context.company;
  }
  for (const auto& problem : graph.problems())
    reject_unreadable("jsonld", context, {}, problem, page);
  if (!graph.problems().empty() || found.has_more_blocks
      || graph.has_unfollowed())
    page.verdict = answer::partial;
  return page;
}

namespace {

/// A page of a crawl without a posting: of a career site the way to its job
/// pages, of those one that is none.
expected<parsed_page> without_posting(failure why, std::string_view payload,
                                      const parse_context& context) {
  parsed_page page;
  if (why.code != errc::schema_changed)
    return why;
  if (is_front_page(context) && plan_sitemaps(context, page))
    return page;
  if (!is_found_page(context) || is_shell(payload))
    return why;
  page.verdict = answer::empty;
  page.rejections.push_back(reject(context, {}, "no JobPosting on the page"));
  return page;
}

expected<parsed_page> parse(std::string_view bytes,
                            const parse_context& context) {
  if (context.asked && context.asked->kind == page_kind::list)
    return parse_sitemap(bytes, context);
  auto page = parse_jsonld_page(bytes, context);
  if (!page)
    return without_posting(page.error(), bytes, context);
  // The front page of a whole site shows some of its jobs at most.
  if (is_front_page(context) && is_root(context.board))
    plan_sitemaps(context, *page);
  return page;
}

source_traits traits() {
  source_traits facts;
  facts.name = "jsonld";
  facts.type = "scraper";
  facts.is_board = true;
  return facts;
}

} // namespace

const source jsonld{traits(), plan, parse};

} // namespace jobfarm::sources
