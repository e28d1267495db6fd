#include "cli/arguments.hpp"

#include "cli/config_file.hpp"
#include "cli/recovery_settings.hpp"

#include <boost/program_options.hpp>

#include <algorithm>
#include <cctype>
#include <cstdlib>
#include <filesystem>

namespace jobfarm::cli {

namespace {

namespace po = boost::program_options;
namespace style = po::command_line_style;

/// Long options only, never abbreviated.
constexpr int option_style =
    style::allow_long | style::long_allow_adjacent | style::long_allow_next;

/// All options the chosen command understands: its own and the common ones.
/// `config` tells of every command's.
std::vector<option> options_of(const command& cmd) {
  auto all = cmd.options;
  auto is_known = [&](const option& opt) {
    return std::any_of(all.begin(), all.end(),
                       [&](const option& one) { return one.name == opt.name; });
  };
  if (cmd.name == "config")
    for (const auto* other : all_commands())
      for (const auto& opt : other->options)
        if (!is_known(opt))
          all.push_back(opt);
  const auto& common = common_options();
  all.insert(all.end(), common.begin(), common.end());
  return all;
}

bool takes_value(std::string_view name) {
  auto is_it = [&](const option& opt) {
    return opt.name == name && opt.kind != value_kind::flag;
  };
  const auto& common = common_options();
  if (std::any_of(common.begin(), common.end(), is_it))
    return true;
  const auto& commands = all_commands();
  return std::any_of(commands.begin(), commands.end(), [&](const command* cmd) {
    return std::any_of(cmd->options.begin(), cmd->options.end(), is_it);
  });
}

bool is_short_option(const std::string& word) {
  return word.size() > 1 && word[0] == '-' && word[1] != '-';
}

/// Index of the first word before `--` that is no option's value and that
/// `is_it` holds for; the number of words if there is none.
template <class Predicate>
std::size_t first_word(const std::vector<std::string>& words, Predicate is_it) {
  for (std::size_t i = 0; i < words.size() && words[i] != "--"; ++i) {
    if (is_it(words[i]))
      return i;
    if (words[i].rfind("--", 0) == 0 && takes_value(words[i].substr(2)))
      ++i;
  }
  return words.size();
}

/// `-v` by its long name; `-h` is looked for by itself.
std::vector<std::string> spelt_out(std::vector<std::string> words) {
  auto is_it = [](const std::string& word) { return word == "-v"; };
  for (auto at = first_word(words, is_it); at < words.size();
       at = first_word(words, is_it))
    words[at] = "--verbose";
  return words;
}

/// Index of the word that names the command: the first that is no option.
std::size_t command_index(const std::vector<std::string>& words) {
  return first_word(words, [](const std::string& word) {
    return word.size() < 2 || word[0] != '-';
  });
}

bool asks_for(const std::vector<std::string>& words, std::string_view flag,
              std::string_view short_flag = {}) {
  auto end = std::find(words.begin(), words.end(), "--");
  return std::any_of(words.begin(), end, [&](const std::string& word) {
    return word == flag || (!short_flag.empty() && word == short_flag);
  });
}

po::options_description describe(const std::vector<option>& options) {
  po::options_description described;
  for (const auto& opt : options) {
    std::string name{opt.name};
    if (opt.kind == value_kind::flag)
      described.add_options()(name.c_str(), "");
    else
      described.add_options()(name.c_str(),
                              po::value<std::vector<std::string>>(), "");
  }
  return described;
}

failure unknown_option(const std::string& word,
                       const std::vector<option>& options) {
  std::vector<std::string_view> names;
  for (const auto& opt : options)
    names.push_back(opt.name);
  auto bare = word.substr(std::min(word.find_first_not_of('-'), word.size()));
  auto hint = nearest(bare.substr(0, bare.find('=')), names);
  return fail(errc::invalid_input,
              "unknown option " + word
                  + (hint ? "; did you mean --" + std::string{*hint} + "?"
                          : "; --help lists them"));
}

expected<void> offer_flags(const std::vector<std::string>& words,
                           const std::vector<option>& options, settings& into) {
  if (auto at = first_word(words, is_short_option); at < words.size())
    return unknown_option(words[at], options);
  try {
    auto described = describe(options);
    auto parsed = po::command_line_parser(words)
                      .options(described)
                      .style(option_style)
                      .run();
    std::map<std::string, std::vector<std::string>> values;
    for (const auto& one : parsed.options) {
      if (one.position_key >= 0 || one.string_key.empty()) {
        into.operands.insert(into.operands.end(), one.value.begin(),
                             one.value.end());
        continue;
      }
      auto& list = values[one.string_key];
      list.insert(list.end(), one.value.begin(), one.value.end());
    }
    for (auto& [name, list] : values)
      into.offer(name, {list.empty() ? std::vector<std::string>{"true"} : list,
                        "flag"});
    return {};
  } catch (const po::unknown_option& e) {
    return unknown_option(e.get_option_name(), options);
  } catch (const po::error& e) {
    return fail(errc::invalid_input, e.what());
  }
}

std::string environment_name(std::string_view option_name) {
  std::string name = "JOBFARM_";
  for (char c : option_name)
    name +=
        c == '-' || c == '.'
            ? '_'
            : static_cast<char>(std::toupper(static_cast<unsigned char>(c)));
  return name;
}

void offer_environment(const std::vector<option>& options, settings& into) {
  for (const auto& opt : options) {
    if (opt.command_line_only)
      continue;
    auto name = environment_name(opt.name);
    if (const char* value = std::getenv(name.c_str()); value && *value)
      into.offer(opt.name, {{value}, "env " + name});
  }
}

expected<void> offer_files(settings& into) {
  std::vector<std::string> files;
  if (into.has("config")) {
    files.push_back(into.text("config"));
  } else {
    for (auto& file : default_config_files())
      if (std::error_code ignored; std::filesystem::exists(file, ignored))
        files.push_back(file);
  }
  for (const auto& file : files) {
    auto entries = read_config_file(file);
    if (!entries)
      return entries.error();
    if (auto applied = apply_config(*entries, into); !applied)
      return applied;
  }
  return {};
}

void offer_defaults(const std::vector<option>& options, settings& into) {
  for (const auto& opt : options)
    if (!opt.fallback.empty())
      into.offer(opt.name, {{std::string{opt.fallback}}, "default"});
}

expected<void> check_values(const std::vector<option>& options,
                            const settings& given) {
  for (const auto& opt : options) {
    auto found = given.all().find(opt.name);
    if (found == given.all().end())
      continue;
    if (auto problem = misfit(opt, found->second.values)) {
      const auto& origin = found->second.origin;
      return fail(errc::invalid_input,
                  (origin == "flag" ? "" : origin + ": ") + *problem);
    }
  }
  auto most = given.chosen->max_operands;
  if (most >= 0 && given.operands.size() > static_cast<std::size_t>(most))
    return fail(errc::invalid_input,
                "unexpected word \""
                    + given.operands[static_cast<std::size_t>(most)] + '"');
  return {};
}

expected<const command*> choose(const std::string& word) {
  if (const auto* cmd = find_command(word))
    return cmd;
  std::vector<std::string_view> names;
  for (const auto* cmd : all_commands())
    names.push_back(cmd->name);
  auto hint = nearest(word, names);
  return fail(errc::invalid_input,
              "unknown command \"" + word + '"'
                  + (hint ? "; did you mean \"" + std::string{*hint} + "\"?"
                          : "; jobfarm --help lists them"));
}

} // namespace

expected<request> read_command_line(const std::vector<std::string>& given) {
  const auto words = spelt_out(given);
  request asked;
  auto index = command_index(words);
  bool help = asks_for(words, "--help", "-h");
  if (index == words.size() || words[index] == "help") {
    auto topic = index + 1;
    if (topic < words.size() && words[topic] != "help"
        && words[topic][0] != '-') {
      auto chosen = choose(words[topic]);
      if (!chosen)
        return chosen.error();
      asked.given.chosen = *chosen;
    }
    asked.what = asked.given.chosen ? request::kind::help
                 : asks_for(words, "--version") && !help
                     ? request::kind::version
                     : request::kind::overview;
    if (index == words.size() && !help && !words.empty()
        && asked.what == request::kind::overview)
      return fail(errc::invalid_input,
                  "no command in \"" + words[0] + " ...\"; jobfarm --help");
    return asked;
  }
  auto chosen = choose(words[index]);
  if (!chosen)
    return chosen.error();
  asked.given.chosen = *chosen;
  if (help) {
    asked.what = request::kind::help;
    return asked;
  }
  auto options = options_of(**chosen);
  auto rest = words;
  rest.erase(rest.begin() + static_cast<std::ptrdiff_t>(index));
  if (auto ok = offer_flags(rest, options, asked.given); !ok)
    return ok.error();
  // These have no flags: too many, and too seldom changed.
  const auto& recovery = recovery_options();
  options.insert(options.end(), recovery.begin(), recovery.end());
  offer_environment(options, asked.given);
  if (auto ok = offer_files(asked.given); !ok)
    return ok.error();
  offer_defaults(options, asked.given);
  if (auto ok = check_values(options, asked.given); !ok)
    return ok.error();
  return asked;
}

} // namespace jobfarm::cli
