#include "cli/commands.hpp"

#include "actors/text/description.hpp"
#include "cli/console.hpp"
#include "cli/line_filter.hpp"

namespace jobfarm::cli {

namespace {

int run_text(const settings& given) {
  auto html = read_all(given.operands.empty() ? "-" : given.operands[0]);
  if (!html)
    return complain(html.error());
  auto text = text::description_text(*html);
  if (given.flag("json") || (!text.empty() && text.back() != '\n'))
    print_value(given, "text", text);
  else
    print(text);
  return exit_done;
}

} // namespace

const command text_command = {
    "text",
    "Print HTML as plain text, the way descriptions are read",
    "[FILE]",
    1,
    {},
    {"jobfarm text < page.html", "curl -s https://example.com | jobfarm text"},
    run_text,
};

} // namespace jobfarm::cli
