#include "messages/msgpack_reader.hpp"

#include <cstring>

namespace jobfarm {

namespace {

template <class Real, class Bits>
double real_of(std::uint64_t read) {
  const auto bits = static_cast<Bits>(read);
  Real value = 0;
  static_assert(sizeof value == sizeof bits);
  std::memcpy(&value, &bits, sizeof value);
  return value;
}

} // namespace

bool msgpack_reader::boolean() {
  const auto first = head();
  if (first != 0xC2 && first != 0xC3)
    refuse("no boolean");
  return first == 0xC3;
}

double msgpack_reader::real() {
  const auto first = head();
  if (first == 0xCA)
    return real_of<float, std::uint32_t>(big_endian(4));
  if (first == 0xCB)
    return real_of<double, std::uint64_t>(big_endian(8));
  const auto read = whole(first);
  return read.is_negative
             ? static_cast<double>(static_cast<std::int64_t>(read.bits))
             : static_cast<double>(read.bits);
}

msgpack_reader::whole_number msgpack_reader::whole(std::uint8_t head) {
  if (head <= 0x7F)
    return {false, head};
  if (head >= 0xE0)
    return {true, ~std::uint64_t{0xFF} | head};
  if (head >= 0xCC && head <= 0xCF)
    return {false, big_endian(std::size_t{1} << (head - 0xCC))};
  if (head < 0xD0 || head > 0xD3)
    refuse("no whole number");
  const auto size = std::size_t{1} << (head - 0xD0);
  const auto unused = static_cast<int>(64 - 8 * size);
  const auto value =
      static_cast<std::int64_t>(big_endian(size) << unused) >> unused;
  return {value < 0, static_cast<std::uint64_t>(value)};
}

void msgpack_reader::skip(int levels) {
  const auto first = head();
  auto within = [&](std::uint64_t values) {
    if (levels == 0)
      refuse("it nests too deeply");
    for (; values > 0; --values)
      skip(levels - 1);
  };
  auto pass = [&](std::uint64_t bytes) { take(bytes); };
  if (first <= 0x7F || first >= 0xE0)
    return;
  if (first <= 0x8F)
    return within(2 * (first & 0x0FU));
  if (first <= 0x9F)
    return within(first & 0x0FU);
  if (first <= 0xBF)
    return pass(first & 0x1FU);
  switch (first) {
    case 0xC0:
    case 0xC2:
    case 0xC3: return;
    case 0xC4:
    case 0xD9: return pass(big_endian(1));
    case 0xC5:
    case 0xDA: return pass(big_endian(2));
    case 0xC6:
    case 0xDB: return pass(big_endian(4));
    case 0xC7: return pass(1 + big_endian(1));
    case 0xC8: return pass(1 + big_endian(2));
    case 0xC9: return pass(1 + big_endian(4));
    case 0xCC:
    case 0xD0: return pass(1);
    case 0xCD:
    case 0xD1:
    case 0xD4: return pass(2);
    case 0xD5: return pass(3);
    case 0xCA:
    case 0xCE:
    case 0xD2: return pass(4);
    case 0xD6: return pass(5);
    case 0xCB:
    case 0xCF:
    case 0xD3: return pass(8);
    case 0xD7: return pass(9);
    case 0xD8: return pass(17);
    case 0xDC: return within(big_endian(2));
    case 0xDD: return within(big_endian(4));
    case 0xDE: return within(2 * big_endian(2));
    case 0xDF: return within(2 * big_endian(4));
    default: refuse("a byte that begins no value");
  }
}

} // namespace jobfarm
