// What the catalog takes as a picture at most. Bounds are checked from headers, before anything is
// decoded, so that a small file which unpacks to gigabytes costs nothing.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace vitrine::image {

// A photo of a good camera takes 5 to 15 MB; more is a scan or a mistake.
inline constexpr std::size_t kMaxBytes = 25 * 1024 * 1024;
// 50 megapixels decode to 200 MB, which a phone can just about hold.
inline constexpr std::int64_t kMaxPixels = 50'000'000;
// The longest side that every browser's canvas can hold.
inline constexpr std::int64_t kMaxSide = 16'384;
inline constexpr int kMaxFrames = 100;

// Fails with IMAGE: reason empty_picture, too_wide or too_many_pixels.
void check_size(std::int64_t width, std::int64_t height);
// Fails with IMAGE, reason too_many_frames, when `frames` is more than a picture may have.
void check_frames(std::int64_t frames);

// Throws IMAGE with a finer reason and a message for a shopkeeper.
[[noreturn]] void fail_image(std::string_view reason, std::string_view message);
// The two commonest: the file ends too early, for this reason; its content contradicts itself.
inline constexpr std::string_view kCutShort = "truncated";
[[noreturn]] void fail_cut_short(std::string_view format);
[[noreturn]] void fail_damaged(std::string_view format, std::string_view what);

}  // namespace vitrine::image
