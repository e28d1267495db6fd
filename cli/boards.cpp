#include "cli/commands.hpp"

#include "actors/report/part_file.hpp"
#include "cli/board_directory.hpp"
#include "cli/console.hpp"
#include "cli/places.hpp"
#include "messages/json.hpp"

#include <filesystem>

namespace jobfarm::cli {

namespace {

bool exists(const std::string& path) {
  std::error_code ignored;
  return !path.empty() && std::filesystem::exists(path, ignored);
}

expected<std::vector<board>> known_boards(const settings& given) {
  std::vector<board> all;
  for (const auto& file :
       {user_boards_file(data_dir(given)), bundled_boards_file()}) {
    if (!exists(file))
      continue;
    auto some = read_boards(file);
    if (!some)
      return some.error();
    all.insert(all.end(), some->begin(), some->end());
  }
  return all;
}

expected<void> save(const settings& given, const std::vector<board>& boards) {
  auto dir = data_dir(given);
  if (auto made = make_directories(dir); !made)
    return made;
  auto file = report::part_file::open(user_boards_file(dir));
  if (!file)
    return file.error();
  if (auto written = file->write(format_boards(boards)); !written)
    return written;
  return file->complete();
}

int list_boards(const settings& given) {
  auto boards = known_boards(given);
  if (!boards)
    return complain(boards.error());
  if (!given.flag("json")) {
    print(format_boards(*boards));
    return exit_done;
  }
  std::string out;
  for (const auto& one : *boards)
    out += to_json(one) + '\n';
  print(out);
  return exit_done;
}

int add_all(const settings& given, std::vector<board> added) {
  auto file = user_boards_file(data_dir(given));
  auto own = exists(file) ? read_boards(file)
                          : expected<std::vector<board>>{std::vector<board>{}};
  if (!own)
    return complain(own.error());
  auto count = added.size();
  // What is added now wins over what was there.
  added.insert(added.end(), own->begin(), own->end());
  if (auto saved = save(given, added); !saved)
    return complain(saved.error());
  say(given, "added " + std::to_string(count) + " boards to " + file);
  return exit_done;
}

int add(const settings& given) {
  const auto& words = given.operands;
  if (words.size() < 3)
    return complain(
        fail(errc::invalid_input, "boards add takes SOURCE TOKEN [COMPANY]"));
  auto parsed = parse_boards(
      format_boards({{words[1], words[2], words.size() > 3 ? words[3] : ""}}),
      "command line");
  return parsed ? add_all(given, *parsed) : complain(parsed.error());
}

int import(const settings& given) {
  if (given.operands.size() != 2)
    return complain(fail(errc::invalid_input, "boards import takes one FILE"));
  auto boards = read_boards(given.operands[1]);
  return boards ? add_all(given, *boards) : complain(boards.error());
}

int run_boards(const settings& given) {
  auto what = given.operands.empty() ? std::string{"list"} : given.operands[0];
  if (what == "list" && given.operands.size() > 1)
    return complain(usage("unexpected word \"" + given.operands[1] + '"'));
  if (what == "list")
    return list_boards(given);
  if (what == "add")
    return add(given);
  if (what == "import")
    return import(given);
  return complain(
      fail(errc::invalid_input,
           "unknown \"boards " + what + "\"; there are list, add, import"));
}

} // namespace

const command boards_command = {
    "boards",
    "The company boards that collect visits",
    "list | add SOURCE TOKEN [COMPANY] | import FILE",
    4,
    {},
    {"jobfarm boards list", "jobfarm boards add lever acme \"Acme Inc.\"",
     "jobfarm boards import more.csv"},
    run_boards,
};

} // namespace jobfarm::cli
