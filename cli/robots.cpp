#include "actors/fetch/robots.hpp"
#include "cli/commands.hpp"
#include "cli/console.hpp"
#include "cli/line_filter.hpp"
#include "cli/option_checks.hpp"

namespace jobfarm::cli {

namespace {

int run_robots(const settings& given) {
  if (!given.has("agent") || !given.has("url"))
    return complain(
        fail(errc::invalid_input, "--agent and --url are both needed"));
  auto text = read_all(given.operands.empty() ? "-" : given.operands[0]);
  if (!text)
    return complain(text.error());
  fetch::robots_rules rules(*text, given.text("agent"));
  auto allowed = rules.allows(given.text("url"));
  if (given.flag("json"))
    print(allowed ? "{\"allowed\":true}\n" : "{\"allowed\":false}\n");
  else
    print(allowed ? "allow\n" : "disallow\n");
  return allowed ? exit_done : exit_no;
}

/// A URL, or the path that a robots.txt speaks of.
std::optional<std::string> page_address(const option& opt,
                                        std::string_view value) {
  return value.substr(0, 1) == "/" ? std::nullopt : web_address(opt, value);
}

} // namespace

const command robots_command = {
    "robots",
    "Whether a robots.txt lets an agent fetch a URL (exit 0 allow, 1 disallow)",
    "[FILE]",
    1,
    {
        {"agent", value_kind::text, "NAME", "product token or user agent"},
        {"url", value_kind::text, "URL", "what the agent wants to fetch", "",
         true, page_address},
    },
    {"curl -s https://example.com/robots.txt | jobfarm robots --agent jobfarm "
     "--url https://example.com/jobs"},
    run_robots,
};

} // namespace jobfarm::cli
