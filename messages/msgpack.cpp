#include "messages/msgpack.hpp"

#include "messages/byte_block.hpp"
#include "messages/byte_sink.hpp"
#include "messages/fault.hpp"
#include "messages/is_optional.hpp"
#include "messages/ledger.hpp"
#include "messages/link.hpp"
#include "messages/msgpack_reader.hpp"
#include "messages/short_string.hpp"

#include <msgpack/adaptor/bool.hpp>
#include <msgpack/adaptor/float.hpp>
#include <msgpack/adaptor/int.hpp>
#include <msgpack/pack.hpp>

#include <algorithm>
#include <stdexcept>

namespace jobfarm {

namespace {

/// Of what stands in a record that this version does not know.
constexpr int deepest = 16;

class packer : public msgpack::packer<byte_sink> {
public:
  explicit packer(byte_sink& sink)
      : msgpack::packer<byte_sink>(sink), sink_(sink) {
  }

  /// As `pack_str` and `pack_str_body` do: most values are texts, many short
  /// or empty.
  void pack_text(std::string_view text) {
    const auto size = text.size();
    if (size >= 256)
      return pack_long_text(text);
    auto* to = sink_.room_for(2 + size + block::size);
    if (size >= 32)
      *to++ = '\xD9';
    *to++ = static_cast<char>(size < 32 ? 0xA0 | size : size);
    sink_.add_until(block::copy_short(to, text));
  }

  /// The same of fewer than 32 bytes.
  void pack_short(const std::string& text) {
    auto* to = sink_.room_for(1 + 2 * block::size);
    *to++ = static_cast<char>(0xA0 | text.size());
    block::short_string{text}.copy_to(to);
    sink_.add_until(to + text.size());
  }

private:
  void pack_long_text(std::string_view text) {
    const auto size = static_cast<std::uint32_t>(text.size());
    pack_str(size);
    pack_str_body(text.data(), size);
  }

  byte_sink& sink_;
};

template <class T>
void write(packer& out, const T& value);
template <class T>
void write(packer& out, const std::vector<T>& values);

void write(packer& out, std::string_view value) {
  out.pack_text(value);
}

void write(packer& out, const std::string& value) {
  value.size() < 32 ? out.pack_short(value) : out.pack_text(value);
}

void write(packer& out, const json_text& value) {
  out.pack_text(value.text);
}

void write(packer& out, const link::bytes& value) {
  out.pack_bin(static_cast<std::uint32_t>(value.data.size()));
  out.pack_bin_body(value.data.data(),
                    static_cast<std::uint32_t>(value.data.size()));
}

template <class T>
void write(packer& out, const T& value) {
  if constexpr (is_record<T>) {
    T::fields(value, [&](auto... fs) {
      out.pack_array(static_cast<std::uint32_t>(sizeof...(fs)));
      (write(out, fs.value), ...);
    });
  } else if constexpr (std::is_enum_v<T>) {
    out.pack(static_cast<std::uint8_t>(value));
  } else if constexpr (is_optional<T>) {
    value ? write(out, *value) : void(out.pack_nil());
  } else {
    out.pack(value);
  }
}

template <class T>
void write(packer& out, const std::vector<T>& values) {
  out.pack_array(static_cast<std::uint32_t>(values.size()));
  for (const auto& value : values)
    write(out, value);
}

template <class T>
void read(msgpack_reader& in, T& out);
template <class T>
void read(msgpack_reader& in, std::vector<T>& out);

void read(msgpack_reader& in, std::string& out) {
  const auto text = in.text();
  // Many are empty: to assign is a call.
  text.empty() ? out.clear() : void(out = text);
}

void read(msgpack_reader& in, json_text& out) {
  out.text = in.text();
}

void read(msgpack_reader& in, link::bytes& out) {
  out.data = in.text();
}

/// Into a record that may hold another one: it keeps its room.
template <class T>
void read_record(msgpack_reader& in, T& out) {
  const auto size = in.array();
  T::fields(out, [&](auto... fs) {
    if (size < sizeof...(fs))
      out = T{};
    std::size_t i = 0;
    ((i < size ? read(in, fs.value) : void(), ++i), ...);
    for (; i < size; ++i)
      in.skip(deepest - 1);
  });
}

template <class Optional>
void read_optional(msgpack_reader& in, Optional& out) {
  if (in.nothing()) {
    out.reset();
    return;
  }
  if (!out) {
    // The room of a record has that of the optionals that stand in it.
    if constexpr (sizeof(out) < sizeof(*out))
      in.claim(1, sizeof(*out));
    out.emplace();
  }
  read(in, *out);
}

template <class T>
void read(msgpack_reader& in, T& out) {
  if constexpr (is_record<T>) {
    read_record(in, out);
  } else if constexpr (is_optional<T>) {
    read_optional(in, out);
  } else if constexpr (std::is_enum_v<T>) {
    auto number = in.integer<std::uint8_t>();
    if (number > static_cast<std::uint8_t>(enum_names<T>::last))
      throw std::runtime_error("an unknown name");
    out = static_cast<T>(number);
  } else if constexpr (std::is_same_v<T, bool>) {
    out = in.boolean();
  } else if constexpr (std::is_floating_point_v<T>) {
    out = in.real();
  } else {
    out = in.integer<T>();
  }
}

template <class T>
void read(msgpack_reader& in, std::vector<T>& out) {
  constexpr std::size_t common = 16;
  const auto size = in.array();
  if constexpr (is_record<T>)
    in.claim(size, sizeof(T));
  out.resize(std::min(out.size(), size));
  for (auto& one : out)
    read(in, one);
  // One by one: an array may claim elements that are none, each of them a byte
  // there and hundreds here.
  out.reserve(std::min(size, common));
  while (out.size() < size)
    read(in, out.emplace_back());
}

expected<void> read_bytes(std::string_view bytes, std::string_view name,
                          void (*read)(msgpack_reader&, void*), void* out) {
  try {
    msgpack_reader in(bytes);
    read(in, out);
    return {};
  } catch (const std::exception& e) {
    return fail(errc::bad_payload,
                "unpack " + std::string{name} + ": " + e.what());
  }
}

} // namespace

template <class Record>
std::string pack(const Record& record) {
  byte_sink sink;
  packer out(sink);
  write(out, record);
  return std::string{sink.view()};
}

void pack_with(std::string& packed, const job_posting& posting,
               std::initializer_list<other_text> others) {
  byte_sink sink;
  packer out(sink);
  const auto* next = others.begin();
  auto write_field = [&](const auto& value) {
    const void* own = &value;
    if (next != others.end() && own == &next->instead_of)
      write(out, next++->text);
    else
      write(out, value);
  };
  job_posting::fields(posting, [&](auto... fs) {
    out.pack_array(static_cast<std::uint32_t>(sizeof...(fs)));
    (write_field(fs.value), ...);
  });
  packed = sink.view();
}

template <class Record>
expected<void> unpack_into(Record& record, std::string_view bytes) {
  return read_bytes(
      bytes, Record::record_name,
      [](msgpack_reader& in, void* out) {
        read_record(in, *static_cast<Record*>(out));
      },
      &record);
}

template <class Record>
expected<Record> unpack(std::string_view bytes) {
  expected<Record> read{std::in_place};
  if (auto done = unpack_into(*read, bytes); !done)
    read = done.error();
  return read;
}

#define JOBFARM_MSGPACK(Record)                                                \
  template std::string pack(const Record&);                                    \
  template expected<void> unpack_into(Record&, std::string_view);              \
  template expected<Record> unpack(std::string_view)

template std::string pack(const failure&);
JOBFARM_MSGPACK(raw_posting);
JOBFARM_MSGPACK(place);
JOBFARM_MSGPACK(sighting);
JOBFARM_MSGPACK(job_posting);
JOBFARM_MSGPACK(enrichment);
JOBFARM_MSGPACK(enriched_posting);
JOBFARM_MSGPACK(board);
JOBFARM_MSGPACK(job_query);
JOBFARM_MSGPACK(source_error);
JOBFARM_MSGPACK(collection_result);
JOBFARM_MSGPACK(http_request);
JOBFARM_MSGPACK(task);
JOBFARM_MSGPACK(rejection);
JOBFARM_MSGPACK(task_timings);
JOBFARM_MSGPACK(task_outcome);
JOBFARM_MSGPACK(event);
JOBFARM_MSGPACK(source_progress);
JOBFARM_MSGPACK(query_progress);
JOBFARM_MSGPACK(source_status);
JOBFARM_MSGPACK(task_counts);
JOBFARM_MSGPACK(task_record);
JOBFARM_MSGPACK(query_record);

JOBFARM_MSGPACK(link::frame);
JOBFARM_MSGPACK(link::hello);
JOBFARM_MSGPACK(link::welcome);
JOBFARM_MSGPACK(link::refusal);
JOBFARM_MSGPACK(link::lent_task);
JOBFARM_MSGPACK(link::lent_tasks);
JOBFARM_MSGPACK(link::outcome);
JOBFARM_MSGPACK(link::renewal);
JOBFARM_MSGPACK(link::fault_order);
JOBFARM_MSGPACK(link::fault_report);
JOBFARM_MSGPACK(link::proxy_report);
JOBFARM_MSGPACK(link::host_rest);

#undef JOBFARM_MSGPACK

} // namespace jobfarm
