//! The device that computes a training.

use burn::tensor::Device;

use super::TrainError;

/// The device of this name: `cpu`, or in builds with the feature of that name `vulkan` or `cuda`, each with `:I` for the GPU at index I.
///
/// # Errors
///
/// No such device, or none in this build. Whether the machine has it shows when it is first used.
pub fn device(name: &str) -> Result<Device, TrainError> {
    let wrong = |problem: String| TrainError::Option { option: "device", problem };
    let (kind, index) = match name.split_once(':') {
        None => (name, None),
        Some((kind, index)) => match index.parse::<usize>() {
            Ok(index) => (kind, Some(index)),
            Err(_) => return Err(wrong(format!("`{index}` is no index of a GPU"))),
        },
    };
    match (kind, index) {
        ("cpu", None) => Ok(Device::flex()),
        ("vulkan", index) => vulkan(index).ok_or_else(|| wrong(absent("vulkan"))),
        ("cuda", index) => cuda(index).ok_or_else(|| wrong(absent("cuda"))),
        _ => Err(wrong(format!("`{name}` is not `cpu`, `vulkan`, `vulkan:I`, `cuda` or `cuda:I`"))),
    }
}

fn absent(feature: &str) -> String {
    format!("this build trains on the CPU: build it with `--features {feature}`")
}

#[cfg(feature = "vulkan")]
fn vulkan(index: Option<usize>) -> Option<Device> {
    use burn::tensor::DeviceKind;
    Some(Device::vulkan(index.map_or(DeviceKind::DefaultDevice, DeviceKind::DiscreteGpu)))
}

#[cfg(not(feature = "vulkan"))]
fn vulkan(_: Option<usize>) -> Option<Device> {
    None
}

#[cfg(feature = "cuda")]
fn cuda(index: Option<usize>) -> Option<Device> {
    Some(Device::cuda(index.unwrap_or(0)))
}

#[cfg(not(feature = "cuda"))]
fn cuda(_: Option<usize>) -> Option<Device> {
    None
}
