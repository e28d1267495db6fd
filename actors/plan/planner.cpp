#include "actors/plan/planner.hpp"

#include "actors/text/hash.hpp"
#include "actors/text/url.hpp"
#include "actors/text/utf8.hpp"
#include "messages/msgpack.hpp"

#include <algorithm>
#include <string>
#include <unordered_set>
#include <utility>
#include <vector>

namespace jobfarm::plan {

namespace {

using sources::source;

const source_settings& settings_of(const source& one,
                                   const source_settings_map& settings) {
  static const source_settings none;
  auto found = settings.find(one.traits.name);
  return found == settings.end() ? none : found->second;
}

bool is_wanted(const source& one, const job_query& query,
               const source_settings_map& settings) {
  const auto& wanted = query.sources;
  if (!wanted.empty())
    return std::find(wanted.begin(), wanted.end(), one.traits.name)
           != wanted.end();
  return settings_of(one, settings)
      .enabled.value_or(one.traits.enabled_by_default);
}

/// Companies that a query names, folded; there may be as many as boards.
using company_names = std::unordered_set<std::string>;

company_names names_in(const job_query& query) {
  company_names names;
  for (const auto& one : query.companies)
    names.insert(text::fold_ascii(one));
  return names;
}

bool is_named(const board& one, const company_names& names) {
  return names.empty() || names.count(text::fold_ascii(one.token)) > 0
         || names.count(text::fold_ascii(one.company)) > 0;
}

/// Boards of `query` for a source; a searched source has one of its own.
std::vector<board> boards_for(const source& one, const job_query& query,
                              const company_names& names) {
  std::vector<board> boards;
  for (const auto& candidate : query.boards)
    if (candidate.source == one.traits.name && is_named(candidate, names))
      boards.push_back(candidate);
  if (!one.traits.is_board && boards.empty())
    boards.push_back({std::string{one.traits.name}, "search", ""});
  return boards;
}

source_error without_boards(const source& one, const job_query& query) {
  std::string name{one.traits.name};
  return {name, errc::invalid_input,
          (query.companies.empty() ? "no board of it is known"
                                   : "no board of that company is known there")
              + ("; jobfarm boards add " + name + " TOKEN adds one"),
          0};
}

void plan_board(const source& one, const board& target, const job_query& query,
                const source_settings_map& settings, query_plan& plan) {
  sources::plan_context context;
  context.board = target;
  context.base_url = base_url_of(one, settings);
  context.text = query.text;
  context.location = query.locations.empty() ? "" : query.locations.front();
  context.remote_only = query.remote_only;
  context.posted_within_s = query.posted_within_s;
  auto requests = one.plan(context);
  if (!requests) {
    plan.refused.push_back(
        {std::string{one.traits.name}, requests.error().code,
         "plan board " + target.token + ": " + requests.error().detail, 0});
    return;
  }
  const auto& configured = settings_of(one, settings).base_url;
  for (auto& request : *requests) {
    auto host = host_key(request.request.url, configured);
    plan.tasks.push_back(make_task(query, target, host, std::move(request)));
    plan.tasks.back().by_browser =
        always_uses_browser(one.traits.name, settings);
  }
}

} // namespace

std::string base_url_of(const source& one,
                        const source_settings_map& settings) {
  const auto& configured = settings_of(one, settings).base_url;
  return configured.empty() ? std::string{one.traits.base_url} : configured;
}

host_budget budget_of(const source& one, const source_settings_map& settings) {
  const auto& own = settings_of(one, settings);
  return {own.requests_per_second.value_or(one.traits.requests_per_second),
          std::max(1, own.concurrent_requests.value_or(
                          one.traits.concurrent_requests)),
          std::max(1, own.burst.value_or(1))};
}

bool always_uses_browser(std::string_view source,
                         const source_settings_map& settings) {
  auto own = settings.find(source);
  return own != settings.end() && own->second.uses_browser.value_or(false);
}

bool may_use_browser(std::string_view source,
                     const source_settings_map& settings) {
  const auto* one = sources::find_source(source);
  return one && one->traits.type == "scraper"
         && settings_of(*one, settings).uses_browser.value_or(true);
}

std::string host_key(const std::string& request_url,
                     const std::string& configured_base_url) {
  if (configured_base_url.empty()
      || request_url.rfind(configured_base_url, 0) != 0)
    return text::authority_of(request_url);
  auto scheme_end = configured_base_url.find("://");
  return configured_base_url.substr(
      scheme_end == configured_base_url.npos ? 0 : scheme_end + 3);
}

std::map<std::string, host_budget>
budgets_of(const source_settings_map& settings) {
  std::map<std::string, host_budget> budgets;
  for (const auto* source : sources::all_sources()) {
    auto base = base_url_of(*source, settings);
    if (base.empty())
      continue;
    auto key = host_key(base, settings_of(*source, settings).base_url);
    budgets[key] = budget_of(*source, settings);
  }
  return budgets;
}

task make_task(const job_query& query, const board& target, std::string host,
               sources::page_request request) {
  task made;
  made.kind = request.kind;
  made.source = target.source;
  made.board = target.token;
  made.company = target.company;
  made.host = std::move(host);
  made.request = std::move(request.request);
  made.page = request.page;
  made.collected_before = request.collected_before;
  made.listed = std::move(request.listed);
  made.modified_at = std::move(request.modified_at);
  made.shown_before = std::move(request.shown_before);
  return for_query(query.query_id, std::move(made));
}

task for_query(const std::string& query_id, task page) {
  page.query_id = query_id;
  page.id = text::hash_hex(
      page.query_id + '\n' + page.source + '\n' + page.board + '\n'
      + std::string{to_string(page.kind)} + '\n' + pack(page.request));
  return page;
}

query_plan plan_query(const job_query& query,
                      const source_settings_map& settings) {
  query_plan plan;
  auto names = names_in(query);
  for (const auto* one : sources::all_sources()) {
    if (!is_wanted(*one, query, settings))
      continue;
    auto boards = boards_for(*one, query, names);
    if (boards.empty()) {
      // Nobody misses a source that was not asked for by name.
      if (!query.sources.empty())
        plan.refused.push_back(without_boards(*one, query));
      continue;
    }
    plan.boards[std::string{one->traits.name}] =
        static_cast<std::int64_t>(boards.size());
    // Nearly all have one page to begin with.
    plan.tasks.reserve(plan.tasks.size() + boards.size());
    for (const auto& target : boards)
      plan_board(*one, target, query, settings, plan);
  }
  return plan;
}

} // namespace jobfarm::plan
