#include "cli/farm_setup.hpp"

#include "actors/text/url.hpp"
#include "cli/board_directory.hpp"
#include "cli/option_checks.hpp"
#include "cli/places.hpp"
#include "cli/recovery_settings.hpp"
#include "cli/source_settings.hpp"
#include "nodes/http_get.hpp"

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <filesystem>

namespace jobfarm::cli {

namespace {

/// The board list of a simulator is a few bytes a board.
constexpr std::size_t most_board_bytes = 64u << 20;

std::string host_of(const std::string& url) {
  auto authority = text::authority_of(url);
  auto colon = authority.rfind(':');
  auto has_port =
      colon != authority.npos
      && authority.find_first_not_of("0123456789", colon + 1) == authority.npos;
  return has_port ? authority.substr(0, colon) : authority;
}

expected<std::string> read_small_file(const std::string& path) {
  auto* file = std::fopen(path.c_str(), "rb");
  if (!file)
    return fail(errc::invalid_input,
                "cannot read " + path + ": " + std::strerror(errno));
  std::string text(256u << 10, '\0');
  text.resize(std::fread(text.data(), 1, text.size(), file));
  std::fclose(file);
  return text;
}

expected<std::string> read_first_line(const std::string& path) {
  auto text = read_small_file(path);
  if (text)
    text->resize(std::min(text->find_first_of("\r\n"), text->size()));
  return text;
}

/// Secrets come from files that the environment names, never from arguments.
expected<void> read_credentials(nodes::farm_options& options) {
  const char* path = std::getenv("JOBFARM_CAREERJET_KEY_FILE");
  if (!path || !*path)
    return {};
  auto key = read_first_line(path);
  if (!key)
    return key.error();
  options.credentials.emplace_back("careerjet", *std::move(key));
  return {};
}

/// `user:password`, the first line of a proxy's credential file.
expected<void> read_proxy_credential(fetch::proxy_server& proxy) {
  if (proxy.credential_file.empty())
    return {};
  auto text = read_first_line(proxy.credential_file);
  if (!text)
    return text.error();
  auto colon = text->find(':');
  if (colon == text->npos || colon == 0)
    return fail(errc::invalid_input,
                proxy.credential_file + ": takes user:password");
  proxy.user = text->substr(0, colon);
  proxy.password = text->substr(colon + 1);
  return {};
}

expected<void> read_proxy_list(const settings& given,
                               nodes::farm_options& options) {
  auto path = given.text("proxies");
  if (path.empty())
    return {};
  auto text = read_small_file(path);
  if (!text)
    return text.error();
  auto proxies = fetch::read_proxies(*text);
  if (!proxies)
    return fail(errc::invalid_input, path + ": " + proxies.error().detail);
  // A list without a proxy must not mean "direct".
  if (proxies->empty())
    return fail(errc::invalid_input, path + ": names no proxy");
  for (auto& one : *proxies)
    if (auto read = read_proxy_credential(one); !read)
      return read;
  options.proxies = *std::move(proxies);
  return {};
}

} // namespace

std::vector<option> with_fetch_options(std::vector<option> own) {
  const std::vector<option> shared = {
      {"workers", value_kind::count, "N", "collectors", "3", false,
       whole_number<1, 1000>},
      {"proxies", value_kind::file, "FILE",
       "everything goes through these: lines of [TIER] URL [SECRET_FILE]"},
      {"browsers", value_kind::count, "N",
       "browsers at the same time, for pages that nothing else can load", "2",
       false, whole_number<1, 64>},
      {"browser-user", value_kind::text, "USER",
       "whom browsers run as when jobfarm runs as root", "nobody"},
      {"user-agent", value_kind::text, "TEXT",
       "who asks, also for robots.txt; more of them stand in where one is "
       "refused",
       fetch::honest_user_agent, false, header_text},
      {"request-timeout", value_kind::count, "SECONDS",
       "for one request, its answer included", "60", false,
       whole_number<1, 3600>},
      {"allow-host", value_kind::list, "NAME",
       "private or loopback host that may be fetched"},
  };
  own.insert(own.end(), shared.begin(), shared.end());
  return own;
}

expected<nodes::farm_options> farm_options_of(const settings& given) {
  nodes::farm_options options;
  auto dir = data_dir(given);
  if (auto made = make_directories(dir); !made)
    return made.error();
  options.store_dir = dir + "/store";
  options.page_cache_dir = dir + "/pages";
  auto places = gazetteer_file(given);
  if (!places)
    return places.error();
  options.gazetteer_file = *std::move(places);
  options.workers =
      static_cast<std::size_t>(given.count("workers").value_or(3));
  options.request_timeout =
      std::chrono::seconds{given.count("request-timeout").value_or(60)};
  options.sources = source_settings_of(given);
  options.recovery = recovery_policy_of(given);
  options.allowed_hosts = given.list("allow-host");
  if (given.has("boards-url")) {
    options.allowed_hosts.push_back(host_of(given.text("boards-url")));
    // A simulator or mirror asks for no real key.
    options.credentials.emplace_back("careerjet", "mirror");
  }
  options.browser.most_browsers =
      static_cast<std::size_t>(given.count("browsers").value_or(2));
  if (given.has("browser-user"))
    options.browser.programs.user = given.text("browser-user");
  options.user_agents = given.each("user-agent");
  if (auto read = read_credentials(options); !read)
    return read.error();
  if (auto read = read_proxy_list(given, options); !read)
    return read.error();
  return options;
}

expected<std::vector<board>> boards_of(const settings& given) {
  if (given.has("boards"))
    return read_boards(given.text("boards"));
  if (given.has("boards-url")) {
    auto url = given.text("boards-url");
    while (!url.empty() && url.back() == '/')
      url.pop_back();
    auto csv = nodes::http_get(url + "/__boards", most_board_bytes);
    if (!csv)
      return csv.error();
    return parse_boards(*csv, url + "/__boards");
  }
  std::vector<board> all;
  for (const auto& file :
       {user_boards_file(data_dir(given)), bundled_boards_file()}) {
    if (std::error_code ignored;
        file.empty() || !std::filesystem::exists(file, ignored))
      continue;
    auto some = read_boards(file);
    if (!some)
      return some.error();
    all.insert(all.end(), some->begin(), some->end());
  }
  return all;
}

} // namespace jobfarm::cli
