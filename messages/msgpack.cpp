#include "messages/msgpack.hpp"

#include "messages/fault.hpp"
#include "messages/ledger.hpp"
#include "messages/link.hpp"

#include <msgpack.hpp>

#include <algorithm>
#include <limits>
#include <stdexcept>

namespace jobfarm {

namespace {

constexpr std::size_t deepest = 16;

/// Gathers packed bytes, of one record at a time, in room that the thread
/// keeps: a record is many short pieces.
class byte_sink {
public:
  void write(const char* bytes, std::size_t size) {
    if (size > room_.size() - used_)
      room_.resize(2 * (used_ + size));
    std::copy_n(bytes, size, room_.data() + used_);
    used_ += size;
  }

  std::string take() {
    std::string bytes(room_.data(), used_);
    if (room_.size() > longest_kept)
      std::string{}.swap(room_);
    return bytes;
  }

private:
  static constexpr std::size_t longest_kept = 64u << 10;

  static std::string& room_here() {
    static thread_local std::string room;
    return room;
  }

  std::string& room_ = room_here();
  std::size_t used_ = 0;
};
using packer = msgpack::packer<byte_sink>;

template <class T>
void write(packer& out, const T& value);
template <class T>
void write(packer& out, const std::vector<T>& values);
template <class T>
void write(packer& out, const std::optional<T>& value);

void write(packer& out, std::string_view value) {
  out.pack_str(static_cast<std::uint32_t>(value.size()));
  out.pack_str_body(value.data(), static_cast<std::uint32_t>(value.size()));
}

void write(packer& out, const std::string& value) {
  write(out, std::string_view{value});
}

void write(packer& out, const json_text& value) {
  write(out, value.text);
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
void write(packer& out, const std::optional<T>& value) {
  if (value)
    write(out, *value);
  else
    out.pack_nil();
}

template <class T>
void read(const msgpack::object& in, T& out);
template <class T>
void read(const msgpack::object& in, std::vector<T>& out);
template <class T>
void read(const msgpack::object& in, std::optional<T>& out);

void read(const msgpack::object& in, std::string& out) {
  in.convert(out);
}

void read(const msgpack::object& in, json_text& out) {
  in.convert(out.text);
}

void read(const msgpack::object& in, link::bytes& out) {
  in.convert(out.data);
}

template <class T>
void read_record(const msgpack::object& in, T& out) {
  if (in.type != msgpack::type::ARRAY)
    throw msgpack::type_error();
  T::fields(out, [&](auto... fs) {
    std::uint32_t i = 0;
    ((i < in.via.array.size ? read(in.via.array.ptr[i], fs.value) : void(),
      ++i),
     ...);
  });
}

template <class T>
void read(const msgpack::object& in, T& out) {
  if constexpr (is_record<T>) {
    read_record(in, out);
  } else if constexpr (std::is_enum_v<T>) {
    auto number = in.as<std::uint8_t>();
    if (number > static_cast<std::uint8_t>(enum_names<T>::last))
      throw msgpack::type_error();
    out = static_cast<T>(number);
  } else {
    in.convert(out);
  }
}

template <class T>
void read(const msgpack::object& in, std::vector<T>& out) {
  if (in.type != msgpack::type::ARRAY)
    throw msgpack::type_error();
  out.clear();
  out.resize(in.via.array.size);
  for (std::uint32_t i = 0; i < in.via.array.size; ++i)
    read(in.via.array.ptr[i], out[i]);
}

template <class T>
void read(const msgpack::object& in, std::optional<T>& out) {
  if (in.is_nil()) {
    out.reset();
    return;
  }
  read(in, out.emplace());
}

/// Texts are read from the bytes themselves, which outlive the reading.
bool stays_in_place(msgpack::type::object_type, std::size_t, void*) {
  return true;
}

} // namespace

template <class Record>
std::string pack(const Record& record) {
  byte_sink sink;
  packer out(sink);
  write(out, record);
  return sink.take();
}

std::string pack_with(const job_posting& posting,
                      std::initializer_list<other_text> others) {
  byte_sink sink;
  packer out(sink);
  auto write_field = [&](const auto& value) {
    const void* own = &value;
    for (const auto& other : others)
      if (own == &other.instead_of)
        return write(out, other.text);
    write(out, value);
  };
  job_posting::fields(posting, [&](auto... fs) {
    out.pack_array(static_cast<std::uint32_t>(sizeof...(fs)));
    (write_field(fs.value), ...);
  });
  return sink.take();
}

template <class Record>
expected<Record> unpack(std::string_view bytes) {
  // No element is smaller than a byte, so no honest claim exceeds the size.
  const auto size = bytes.size();
  const msgpack::unpack_limit limit(size, size, size, size, size, deepest);
  try {
    auto handle =
        msgpack::unpack(bytes.data(), size, stays_in_place, nullptr, limit);
    Record record;
    read_record(handle.get(), record);
    return record;
  } catch (const std::exception& e) {
    return fail(errc::bad_payload,
                "unpack " + std::string{Record::record_name} + ": " + e.what());
  }
}

#define JOBFARM_MSGPACK(Record)                                                \
  template std::string pack(const Record&);                                    \
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
