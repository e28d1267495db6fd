#include "cli/help.hpp"

#include <algorithm>

namespace jobfarm::cli {

namespace {

std::string left_column(const option& opt) {
  auto text = "  --" + std::string{opt.name};
  if (!opt.placeholder.empty())
    text += ' ' + std::string{opt.placeholder};
  return text;
}

void append_row(std::string& out, const std::string& left,
                std::string_view right, std::size_t width) {
  out += left;
  out.append(width > left.size() ? width - left.size() : 1, ' ');
  out += right;
  out += '\n';
}

void append_options(std::string& out, const std::vector<option>& options) {
  std::size_t width = 24;
  for (const auto& opt : options)
    width = std::max(width, left_column(opt).size() + 2);
  for (const auto& opt : options) {
    std::string right{opt.help};
    if (!opt.fallback.empty())
      right += " (default " + std::string{opt.fallback} + ')';
    append_row(out, left_column(opt), right, width);
  }
}

} // namespace

std::string overview() {
  std::string out = "jobfarm collects job postings and makes one clean record "
                    "of each job.\n\n"
                    "  jobfarm demo                              all of it, "
                    "without a network\n"
                    "  jobfarm collect \"program manager\" --out jobs.xlsx\n\n"
                    "Commands:\n";
  for (const auto* cmd : all_commands())
    append_row(out, "  " + std::string{cmd->name}, cmd->summary, 16);
  out += "\njobfarm COMMAND --help tells more; so does README.md.\n";
  return out;
}

std::string help_of(const command& cmd) {
  std::string out{cmd.summary};
  out += "\n\nUsage: jobfarm " + std::string{cmd.name};
  if (!cmd.operands.empty())
    out += ' ' + std::string{cmd.operands};
  out += " [options]\n\nExamples:\n";
  for (auto example : cmd.examples)
    out += "  " + std::string{example} + '\n';
  if (!cmd.options.empty()) {
    out += "\nOptions:\n";
    append_options(out, cmd.options);
  }
  if (cmd.more_help)
    out += '\n' + cmd.more_help();
  out += "\nOptions of every command:\n";
  append_options(out, common_options());
  return out;
}

} // namespace jobfarm::cli
