package io.lenses.streamreactor.connect.influx;

/** The sink under the name that its family has today. */
public class InfluxSinkConnector extends bed.SinkDouble {}
