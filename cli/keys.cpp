#include "cli/commands.hpp"

#include "cli/console.hpp"
#include "cli/key_files.hpp"
#include "nodes/link/keys.hpp"

namespace jobfarm::cli {

namespace {

namespace link = nodes::link_layer;

/// Makes a pair; prints the public key, never the secret one.
int make(const settings& given, const std::string& name) {
  if (!link::is_node_name(name))
    return complain(usage("keys new takes a node's name: 1 to 64 letters, "
                          "digits, '.', '_' or '-'"));
  if (auto made = make_directories(keys_dir(given)); !made)
    return complain(made.error());
  auto pair = link::new_key_pair();
  auto file = key_file_of(given, name);
  if (auto written = link::write_key_file(file, pair); !written)
    return complain(written.error());
  say(given, "wrote " + file + "; its public key:");
  print_value(given, "public_key", link::to_hex(pair.public_key));
  return exit_done;
}

int let_in(const settings& given, const std::string& name,
           const std::string& hex) {
  auto key = link::key_from_hex(hex);
  if (!key)
    return complain(usage("keys allow NAME KEY: " + key.error().detail));
  if (auto made = make_directories(keys_dir(given)); !made)
    return complain(made.error());
  if (auto done = link::allow(allow_file_of(given), name, *key); !done)
    return complain(done.error());
  say(given, name + " may come in; a running coordinator knows at once");
  return exit_done;
}

int list_allowed(const settings& given) {
  auto allowed = link::allow_list::read(allow_file_of(given));
  if (!allowed)
    return complain(allowed.error());
  std::string out;
  for (const auto& [key, name] : allowed->names())
    out += given.flag("json") ? "{\"name\":\"" + name + "\",\"public_key\":\""
                                    + link::to_hex(key) + "\"}\n"
                              : name + ' ' + link::to_hex(key) + '\n';
  print(out);
  return exit_done;
}

int run_keys(const settings& given) {
  const auto& words = given.operands;
  if (words.size() == 2 && words[0] == "new")
    return make(given, words[1]);
  if (words.size() == 3 && words[0] == "allow")
    return let_in(given, words[1], words[2]);
  if (words.size() == 1 && words[0] == "list")
    return list_allowed(given);
  return complain(usage("keys takes new NAME, allow NAME KEY or list"));
}

} // namespace

const command keys_command = {
    "keys",
    "Make the keys of nodes, and say which workers may come",
    "new NAME | allow NAME KEY | list",
    3,
    {
        {"keys-dir", value_kind::file, "DIR",
         "where keys are kept (default: keys in the data directory)"},
    },
    {"jobfarm keys new w1",
     "jobfarm keys allow w1 $(ssh w1 jobfarm keys new w1)",
     "jobfarm keys list"},
    run_keys,
};

} // namespace jobfarm::cli
