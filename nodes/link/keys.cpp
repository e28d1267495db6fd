#include "nodes/link/keys.hpp"

#include <zmq.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <stdexcept>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace jobfarm::nodes::link_layer {

namespace {

constexpr std::size_t key_size = 32;

failure bad(const std::string& what) {
  return fail(errc::invalid_input, what);
}

std::string raw_of(const char* z85) {
  std::string raw(key_size, '\0');
  if (!::zmq_z85_decode(reinterpret_cast<std::uint8_t*>(raw.data()), z85))
    throw std::runtime_error("CURVE key is no Z85");
  return raw;
}

/// Writes a whole file with the given rights, under another name first.
expected<void> write_file(const std::string& file, const std::string& text,
                          int flags) {
  auto fd = ::open(file.c_str(), O_WRONLY | O_CREAT | O_CLOEXEC | flags, 0600);
  if (fd < 0)
    return bad("cannot write " + file + ": " + std::strerror(errno));
  auto is_whole =
      ::write(fd, text.data(), text.size()) == static_cast<ssize_t>(text.size())
      && ::fsync(fd) == 0;
  auto problem = errno;
  ::close(fd);
  if (!is_whole)
    return bad("cannot write " + file + ": " + std::strerror(problem));
  return {};
}

} // namespace

key_pair new_key_pair() {
  char public_text[41];
  char secret_text[41];
  if (::zmq_curve_keypair(public_text, secret_text) != 0)
    throw std::runtime_error("libzmq was built without CURVE");
  return {raw_of(public_text), raw_of(secret_text)};
}

std::string to_hex(const std::string& raw) {
  constexpr char digits[] = "0123456789abcdef";
  std::string hex;
  for (auto c : raw) {
    auto byte = static_cast<unsigned char>(c);
    hex += digits[byte >> 4];
    hex += digits[byte & 15];
  }
  return hex;
}

expected<std::string> key_from_hex(const std::string& hex) {
  if (hex.size() != 2 * key_size
      || hex.find_first_not_of("0123456789abcdefABCDEF") != hex.npos)
    return bad("a key is 64 hex digits");
  std::string raw;
  for (std::size_t i = 0; i < hex.size(); i += 2)
    raw += static_cast<char>(std::stoi(hex.substr(i, 2), nullptr, 16));
  return raw;
}

expected<void> write_key_file(const std::string& file, const key_pair& pair) {
  return write_file(file,
                    "public " + to_hex(pair.public_key) + "\nsecret "
                        + to_hex(pair.secret_key) + '\n',
                    O_EXCL);
}

expected<key_pair> read_key_file(const std::string& file) {
  struct stat about {};
  if (::stat(file.c_str(), &about) != 0)
    return bad("cannot read key file " + file + ": " + std::strerror(errno)
               + "; jobfarm keys new makes one");
  if ((about.st_mode & 077) != 0)
    return bad("key file " + file + " can be read by others; chmod 600 it");
  std::ifstream in(file);
  std::string word;
  std::string hex;
  key_pair pair;
  while (in >> word >> hex) {
    auto raw = key_from_hex(hex);
    if (!raw)
      return bad("key file " + file + ": " + raw.error().detail);
    (word == "secret" ? pair.secret_key : pair.public_key) = *raw;
  }
  if (pair.public_key.empty() || pair.secret_key.empty())
    return bad("key file " + file + " holds no pair of keys");
  return pair;
}

bool is_node_name(const std::string& name) {
  return !name.empty() && name.size() <= 64
         && name.find_first_not_of("abcdefghijklmnopqrstuvwxyz"
                                   "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789._-")
                == name.npos;
}

expected<allow_list> allow_list::read(const std::string& file) {
  allow_list list;
  std::ifstream in(file);
  std::string line;
  for (int number = 1; std::getline(in, line); ++number) {
    std::istringstream words(line);
    std::string name;
    std::string hex;
    if (!(words >> name) || name.front() == '#')
      continue;
    words >> hex;
    auto where = file + ':' + std::to_string(number) + ": ";
    auto raw = key_from_hex(hex);
    if (!raw)
      return bad(where + raw.error().detail);
    if (!is_node_name(name))
      return bad(where + "\"" + name + "\" is no node name");
    for (const auto& [key, other] : list.names_)
      if (other == name || key == *raw)
        return bad(where + "name or key is there twice");
    list.names_.emplace(*std::move(raw), name);
  }
  return list;
}

expected<void> allow(const std::string& file, const std::string& name,
                     const std::string& public_key) {
  if (!is_node_name(name))
    return bad("a node name is 1 to 64 letters, digits, '.', '_' or '-'; \""
               + name + "\" is none");
  auto list = allow_list::read(file);
  if (!list)
    return list.error();
  std::string text;
  for (const auto& [key, other] : list->names()) {
    if (key == public_key && other != name)
      return bad("that key is allowed already, as \"" + other + '"');
    if (other != name)
      text += other + ' ' + to_hex(key) + '\n';
  }
  text += name + ' ' + to_hex(public_key) + '\n';
  auto fresh = file + ".new";
  if (auto written = write_file(fresh, text, O_TRUNC); !written)
    return written;
  std::error_code problem;
  std::filesystem::rename(fresh, file, problem);
  if (problem)
    return bad("cannot write " + file + ": " + problem.message());
  return {};
}

} // namespace jobfarm::nodes::link_layer
